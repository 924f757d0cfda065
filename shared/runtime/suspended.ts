import { AppError } from "../domain/app-error.ts";

/** That an operator has not stopped the cache. */
export async function assertNotSuspended(
  cacheName: string,
  suspensions: { has(cacheName: string): Promise<boolean> },
): Promise<void> {
  if (!(await suspensions.has(cacheName))) return;
  throw new AppError("FAILED_PRECONDITION_ERROR", `the cache ${cacheName} is suspended`);
}
