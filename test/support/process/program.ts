import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");

/** A child process that remembers what it said; leaving the scope kills it. */
export interface Program extends AsyncDisposable {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code once the process is gone; null when a signal ended it. */
  exited: Promise<number | null>;
  /** Sends the signal, unless the process is gone already, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function startProgram(command: string, args: string[], options: SpawnOptions = {}): Program {
  const child = spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"], ...options });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  // The first argument of `close` is the exit code, or null after a signal.
  const exited = once(child, "close").then(([exitCode]) => exitCode as number | null);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return await exited;
  };
  return {
    child,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    exited,
    end,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      // Not `close`, which would wait for every process that inherited the pipes.
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** Runs one of the project's own files with the Node that runs the tests. */
export function startFile(file: string, args: string[] = [], env: Record<string, string> = {}) {
  return startProgram(process.execPath, [resolve(root, file), ...args], {
    env: { ...process.env, ...env },
  });
}
