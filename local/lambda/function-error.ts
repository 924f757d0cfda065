import type { Failure } from "./protocol.ts";

/** A function threw, crashed or took too long: the invoker learns of it as Lambda would tell it. */
export class FunctionError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.errorType}: ${failure.errorMessage}`);
    this.name = "FunctionError";
    this.failure = failure;
  }
}

export function timedOut(requestId: string, timeoutSeconds: number): FunctionError {
  return new FunctionError({
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    trace: [],
  });
}

export function crashed(requestId: string, reason: string): FunctionError {
  return new FunctionError({
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId} Error: Runtime exited: ${reason}`,
    trace: [],
  });
}
