import { foundNoNetwork } from "../../steps/no-network.ts";
import { NotPossible } from "../../steps/not-possible.ts";
import { isMissing } from "../../support/process/is-missing.ts";
import { startProgram } from "../../support/process/program.ts";
import { programEnvironment } from "../../support/process/program-environment.ts";

/** Runs programs in a folder, in this environment besides the usual one. */
export function runIn(folder: string, env: Record<string, string>) {
  /** Returns what the program has printed; throws all that it said when it failed, or that it is not installed. */
  return async (command: string, ...args: string[]): Promise<string> => {
    if (isMissing(command)) throw new NotPossible(`there is no ${command} on this machine`);
    await using program = startProgram(command, args, {
      cwd: folder,
      env: { ...programEnvironment(), ...env },
    });
    if ((await program.exited) === 0) return program.stdout();
    const output = program.stdout() + program.stderr();
    const tooOld =
      command === "go" && /^go: .*requires go >= \S+ \(running go .*/m.exec(output)?.[0];
    if (tooOld) throw new NotPossible(tooOld);
    throw new FailedProgram(command, args, output);
  };
}

/** The same for programs that only download: without a network, nothing is wrong with them. */
export function downloadIn(folder: string, env: Record<string, string>) {
  const run = runIn(folder, env);
  return (command: string, ...args: string[]): Promise<string> =>
    run(command, ...args).catch((error: unknown) => {
      const reason = error instanceof FailedProgram && foundNoNetwork(error.output);
      throw reason ? new NotPossible(reason) : error;
    });
}

class FailedProgram extends Error {
  readonly output: string;

  constructor(command: string, args: readonly string[], output: string) {
    super(`${command} ${args.join(" ")}: ${output}`);
    this.output = output;
  }
}
