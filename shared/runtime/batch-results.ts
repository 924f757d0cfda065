import type { ErrorCode } from "../contract/errors.ts";
import { AppError } from "../domain/app-error.ts";

const ofTheWholeCall: readonly ErrorCode[] = ["SERVER_UNAVAILABLE", "LIMIT_EXCEEDED_ERROR"];

/** A batch of which nothing was taken, though some was good, is a failed call, to be tried again as a whole. */
export function assertSomeWereTaken(results: readonly unknown[]): void {
  const refusals = results.filter((result) => result instanceof AppError);
  if (refusals.length < results.length) return;
  const refusal = refusals.find(({ code }) => ofTheWholeCall.includes(code));
  if (refusal) throw refusal;
}
