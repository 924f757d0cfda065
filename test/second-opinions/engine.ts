import type { Gap } from "../steps/gaps.ts";
import { eventually } from "../support/eventually.ts";
import type { Processes } from "../support/process/processes.ts";
import type { Program } from "../support/process/program.ts";

/** A difference that AWS's own document decides for the embedded engine. */
export interface Difference extends Gap {
  document: string;
}

/** An engine of somebody else that the conformance suite can judge, and be judged by. */
export interface Engine {
  /** Also of the project in vitest.config.ts. */
  name: string;
  differences: readonly Difference[];
  /** Installs it below the folder and starts it; throws `NotPossible` where this machine cannot. */
  start(processes: Processes, folder: string): Promise<NodeJS.ProcessEnv>;
}

/** Waits until the server takes connections; throws what it said if it ends instead. */
export async function listening(program: Program, url: string): Promise<string> {
  const ended = program.exited.then(() => "ended");
  const ready = eventually(async () => (await fetch(url)).status > 0, { timeoutMs: 120_000 });
  if ((await Promise.race([ended, ready])) === "ended") throw new Error(program.stderr());
  return url;
}
