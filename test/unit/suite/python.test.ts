import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runPythonStep } from "../../steps/python.ts";
import { passedStep } from "../../steps/tool-step.ts";

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
