import { HookcastError } from "./errors.ts";

/** The job that a recovery was refused for, since it is running; undefined where that is not the reason. */
export function runningRecovery(error: unknown): string | undefined {
  if (!(error instanceof HookcastError) || error.status !== 409) return undefined;
  return error.details.find(({ path }) => path === "jobId")?.message;
}
