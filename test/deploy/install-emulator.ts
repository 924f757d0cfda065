import { join } from "node:path";
import { NotPossible } from "./not-possible.ts";
import type { Processes } from "./processes.ts";

const requirements = join(import.meta.dirname, "requirements.txt");
const isNewEnough = "import sys; sys.exit(sys.version_info < (3, 11))";
// Of pip's own patience, five retries with growing pauses, nobody needs more where there is no index.
const install = [
  ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
  ...["--retries", "1", "--timeout", "20", "--require-hashes", "--requirement", requirements],
];

/** Installs the emulator into a virtual environment below the folder; answers the path of its Python. */
export async function installEmulator(processes: Processes, folder: string): Promise<string> {
  const environment = join(folder, "python");
  const python = join(environment, "bin", "python");
  const run = async (command: string, args: string[], problem: string) => {
    const program = processes.start(command, args);
    const exitCode = await program.exited.catch(() => undefined);
    if (exitCode === 0) return;
    const said = program.stderr().trim();
    if (/DO NOT MATCH THE HASHES/.test(said)) throw new Error(said);
    throw new NotPossible([problem, said.split("\n").at(-1)].filter(Boolean).join(": "));
  };
  await run("python3", ["-c", isNewEnough], "there is no Python 3.11 or later");
  await run("python3", ["-m", "venv", environment], "Python cannot make a virtual environment");
  await run(python, install, "pip cannot install the emulator");
  return python;
}
