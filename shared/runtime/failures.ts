import { AppError } from "../domain/app-error.ts";

/** The parts of an AWS SDK error that tell whose fault it was. */
interface ServiceError extends Error {
  readonly $fault?: "client" | "server";
  readonly $retryable?: { readonly throttling?: boolean };
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly code?: string;
}

const notTaken = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "RequestThrottled",
  "TransactionInProgressException",
  "TimeoutError",
  "AbortError",
  "DigestError",
]);

/**
 * DynamoDB or SQS did not take the call: down, throttled or too slow. A call that was refused as wrong or
 * forbidden is a bug of ours instead.
 */
export function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const error: ServiceError = thrown;
  if (notTaken.has(error.name) || error.$retryable?.throttling) return true;
  if ((error.$metadata?.httpStatusCode ?? 0) >= 500) return true;
  return error.code !== undefined && /^(E(AI_)?[A-Z]+|UND_ERR_.*)$/.test(error.code);
}

/** Our own code broke: no answer of an engine, and no word of ours that it is to come back. */
export function isOwnFault(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return true;
  const names = [
    "TypeError",
    "RangeError",
    "ReferenceError",
    "SyntaxError",
    "URIError",
    "$ZodError",
  ];
  return names.includes(thrown.name) && !isUnavailable(thrown);
}

export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = { cause: thrown };
  if (isUnavailable(thrown)) {
    return new AppError("SERVER_UNAVAILABLE", "not accepted; try again", cause);
  }
  return new AppError("INTERNAL_SERVER_ERROR", "internal error", cause);
}
