import { NotPossible } from "../../steps/not-possible.ts";
import { startProgram } from "../../support/process/program.ts";
import { foundNoNetwork, isMissing } from "../receivers/receiver-installation.ts";

/** Runs programs in a folder, in this environment besides the usual one. */
export function runIn(folder: string, env: Record<string, string>) {
  /** Returns what the program has printed; throws what it complained of when it failed, or why it could not run. */
  return async (command: string, ...args: string[]): Promise<string> => {
    if (isMissing(command)) throw new NotPossible(`there is no ${command} on this machine`);
    await using program = startProgram(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    const exitCode = await program.exited;
    if (exitCode === 0) return program.stdout();
    const output = program.stdout() + program.stderr();
    if (foundNoNetwork({ exitCode, output }) || /requires go >= /.test(output)) {
      throw new NotPossible(output.trim().split("\n").at(-1));
    }
    throw new Error(`${command} ${args.join(" ")}: ${output}`);
  };
}
