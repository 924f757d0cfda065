import { type Program, startFile } from "./process/program.ts";

export interface CommandLine {
  /** Starts a command, which may run until it is told to end. */
  start(...args: string[]): Program;
  /** Runs a command to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Runs a command that must do what it is asked for; gives what it printed. */
  done(...args: string[]): Promise<string>;
  /** The same with `--json`: the documents, one a line. */
  documents(...args: string[]): Promise<unknown[]>;
}

interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
}

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as a process, with this environment; whatever it says must not hold the key. */
export function commandLine(environment: Record<string, string>): CommandLine {
  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    startFile("cli/main.ts", [...args], { ...environment, ...env });

  const run: CommandLine["run"] = async (args, { stdin = "", env = {} } = {}) => {
    await using program = start(args, env);
    program.child.stdin?.on("error", () => undefined).end(stdin); // it may end before it has read
    const exitCode = await program.exited;
    const [stdout, stderr] = [program.stdout(), program.stderr()];
    const key = env.HOOKCAST_KEY ?? environment.HOOKCAST_KEY;
    if (key && `${stdout}${stderr}`.includes(key))
      throw new Error(`${args.join(" ")} shows the key`);
    return { exitCode, stdout, stderr };
  };

  const done: CommandLine["done"] = async (...args) => {
    const { exitCode, stdout, stderr } = await run(args);
    if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}: ${stderr}`);
    return stdout;
  };

  return {
    start: (...args) => start(args),
    run,
    done,
    async documents(...args) {
      const lines = (await done(...args, "--json")).split("\n").filter(Boolean);
      return lines.map((line) => JSON.parse(line));
    },
  };
}
