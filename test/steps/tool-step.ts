import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Tally } from "./tally.ts";

export const passedStep: Tally = { passed: 1, failures: [], skipped: [] };

export function failedStep(name: string, reason: string): Tally {
  return { passed: 0, failures: [{ name, reason }], skipped: [] };
}

export function skippedStep(name: string, reason: string): Tally {
  return { passed: 0, failures: [], skipped: [{ name, reason }] };
}

/** Runs a command line tool of the project; it speaks for itself and passes by exiting with 0. */
export async function runTool(tool: string, args: string[]): Promise<Tally> {
  const child = spawn(join("node_modules", ".bin", tool), args, { stdio: "inherit" });
  const [exitCode] = await once(child, "close");
  return exitCode === 0 ? passedStep : failedStep(tool, `ended with ${exitCode}; see above`);
}
