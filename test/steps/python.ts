import type { SpawnOptions } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Program, root, startProgram } from "../support/process/program.ts";
import { foundNoNetwork } from "./no-network.ts";
import { NotPossible } from "./not-possible.ts";
import type { Tally } from "./tally.ts";
import { skippedStep } from "./tool-step.ts";

interface Options {
  /** How programs are started, where the caller ends what is left of them. */
  start?: (command: string, args: string[], options?: SpawnOptions) => Program;
}

const isNewEnough = "import sys; sys.exit(sys.version_info < (3, 11))";
// By default pip retries five times with growing pauses, which helps nobody where there is no index.
const install = [
  ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
  ...["--retries", "1", "--timeout", "20", "--require-hashes", "--requirement"],
];

/** Of a package that is pinned, and that an index of somebody's own need not have. */
const notInIndex = /^ERROR: No matching distribution found for .*/m;

/**
 * Installs what the file pins, each package with its hashes, into a virtual environment below the folder. Returns the
 * path of its Python; throws `NotPossible` where this machine has no Python, or pip reaches no index that has them.
 */
export async function installPython(
  folder: string,
  requirements: string,
  { start = startProgram }: Options = {},
): Promise<string> {
  const environment = join(folder, "python");
  const python = join(environment, "bin", "python");
  const run = async (command: string, args: string[], problem: string) => {
    const program = start(command, args);
    const exitCode = await program.exited.catch(() => undefined);
    if (exitCode === 0) return;
    throw new NotPossible([problem, lastLine(program.stderr())].filter(Boolean).join(": "));
  };
  await run("python3", ["-c", isNewEnough], "there is no Python 3.11 or later");
  await run("python3", ["-m", "venv", environment], "Python cannot make a virtual environment");
  const file = resolve(root, requirements);
  const pip = start(python, [...install, file]);
  if ((await pip.exited) === 0) return python;
  const said = pip.stdout() + pip.stderr();
  const reason = foundNoNetwork(said) ?? notInIndex.exec(said)?.[0];
  if (reason) throw new NotPossible(`pip cannot install ${requirements}: ${reason}`);
  throw new Error(`pip cannot install ${requirements}: ${said}`);
}

function lastLine(text: string): string | undefined {
  return text.trim().split("\n").at(-1);
}

/**
 * A step of `npm run test:long` that needs Python packages. It gets a Python that has them and a folder that goes when the step
 * ends; where they cannot be had it counts as skipped and says why.
 */
export async function runPythonStep(
  name: string,
  requirements: string,
  step: (python: string, folder: string) => Promise<Tally>,
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-python-"));
  try {
    return await step(await installPython(folder, requirements), folder);
  } catch (error) {
    if (error instanceof NotPossible) return skippedStep(name, error.message);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
