import { startFile } from "../support/process/program.ts";

/** Runs one of the operators' programs to its end, as `npm run` does. */
export async function operate(
  program: string,
  args: string[],
  operatorEnv: Record<string, string>,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  await using run = startFile(`ops/${program}.ts`, args, operatorEnv);
  const exitCode = await run.exited;
  return { exitCode, stdout: run.stdout(), stderr: run.stderr() };
}
