import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython, runPythonStep } from "../../steps/python.ts";
import { passedStep } from "../../steps/tool-step.ts";
import { startProgram } from "../../support/process/program.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-python-test-"));
const requirements = join(folder, "requirements.txt");
await writeFile(requirements, "");

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test("a step is skipped with its reason where there is no Python", async () => {
  vi.stubEnv("PATH", folder);
  const tally = await runPythonStep("snakes", requirements, async () => passedStep);
  const reason = "there is no Python 3.11 or later";
  expect(tally).toEqual({
    passed: 0,
    failures: [],
    skipped: [{ name: "snakes", reason }],
    unsteady: [],
  });
});

/** An installation for which pip fails with these words; what comes before it works. */
function installationWhere(words: string): Promise<string> {
  const fail = "process.stderr.write(process.argv[1]); process.exitCode = 1";
  const start = (_command: string, args: string[]) =>
    startProgram(process.execPath, args.includes("pip") ? ["-e", fail, words] : ["-e", ""]);
  return installPython(folder, requirements, { start });
}

test("pip that does not get a pinned package from its index has proved nothing", async () => {
  const installation = installationWhere("ERROR: No matching distribution found for idna==3.10\n");
  await expect(installation).rejects.toBeInstanceOf(NotPossible);
});

test.for([
  "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
  "ERROR: Failed to build 'idna' when getting requirements to build wheel\n",
  "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
])("pip has failed where it says %s", async (words) => {
  const error = await installationWhere(words).catch((reason: unknown) => reason);
  expect(error).not.toBeInstanceOf(NotPossible);
  expect(String(error)).toContain(words);
});
