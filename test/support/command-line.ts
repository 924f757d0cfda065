import { startFile } from "./program.ts";

/** Runs a command to its end. */
export type CommandLine = (
  args: readonly string[],
  options?: { stdin?: string; env?: Record<string, string> },
) => Promise<Ended>;

export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as a process, with this environment. */
export function commandLine(environment: Record<string, string>): CommandLine {
  return async (args, { stdin = "", env = {} } = {}) => {
    await using program = startFile("cli/main.ts", [...args], { ...environment, ...env });
    program.child.stdin?.on("error", () => undefined).end(stdin); // it may end before it has read
    const exitCode = await program.exited;
    return { exitCode, stdout: program.stdout(), stderr: program.stderr() };
  };
}
