import { join } from "node:path";
import { startProgram } from "../support/process/program.ts";
import type { Tally } from "./tally.ts";

const nothing: Tally = { passed: 0, failures: [], skipped: [], unsteady: [] };

export const passedStep: Tally = { ...nothing, passed: 1 };

export function failedStep(name: string, reason: string): Tally {
  return { ...nothing, failures: [{ name, reason }] };
}

export function skippedStep(name: string, reason: string): Tally {
  return { ...nothing, skipped: [{ name, reason }] };
}

/** Runs a command line tool of the project, which passes by exiting with 0; what it says comes in one piece. */
export function runTool(tool: string, args: string[]): Promise<Tally> {
  return runProgram(tool, join("node_modules", ".bin", tool), args);
}

/** The same for a program that has no name of its own among the tools. */
export async function runProgram(
  tool: string,
  path: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Tally> {
  await using program = startProgram(path, args, { env });
  const exitCode = await program.exited;
  process.stdout.write(program.stdout() + program.stderr());
  return exitCode === 0 ? passedStep : failedStep(tool, `ended with ${exitCode}; see above`);
}
