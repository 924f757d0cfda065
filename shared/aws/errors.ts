import type { HttpAnswer } from "./connections.ts";

/** What the SDK tells of a call beside its result. */
export interface CallMetadata {
  readonly httpStatusCode?: number;
  /** By which AWS's support finds a call. */
  readonly requestId?: string | undefined;
  readonly attempts?: number;
  readonly totalRetryDelay?: number;
}

/**
 * A refusal by a service. It has the name, the message, the fault and the fields that the SDK gives it, so that
 * `instanceof` one of the SDK's classes holds as well.
 */
export class AwsError extends Error {
  readonly $fault: "client" | "server";
  readonly $metadata: CallMetadata;
  /** Set where the same call, signed anew, may be taken: the clock was wrong and has been corrected. */
  isClockCorrected = false;

  constructor({ status, headers, text }: HttpAnswer) {
    const { __type, code, message, Message, ...fields } = fieldsIn(text);
    super(String(message ?? Message ?? `status ${status}`));
    Object.assign(this, fields);
    this.name = nameFrom(headers["x-amzn-errortype"] ?? code ?? __type ?? "UnknownError");
    this.$fault = status >= 500 ? "server" : "client";
    this.$metadata = { httpStatusCode: status, requestId: requestIdOf(headers) };
  }
}

export function requestIdOf(headers: HttpAnswer["headers"]): string | undefined {
  const { "x-amzn-requestid": id } = headers;
  return typeof id === "string" ? id : undefined;
}

/** Spelled `com.amazonaws.sqs#QueueDoesNotExist`, or with the address of a document behind a colon. */
function nameFrom(type: unknown): string {
  return String(type).replace(/:.*$/, "").replace(/^.*#/, "");
}

/** What stands before a service may send something else than JSON. */
function fieldsIn(text: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === "object" && fields !== null ? { ...fields } : {};
  } catch {
    return {};
  }
}

/** By its digest, what arrived is not what was sent. */
export class DigestError extends Error {
  override readonly name = "DigestError";
}

/** Why the same call may succeed a moment later. */
export type RetryReason = "throttled" | "transient";

const throttled = new Set([
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);
const transientNames = new Set([
  "DigestError",
  "RequestTimeout",
  "RequestTimeoutException",
  "TimeoutError",
]);
const transientStatuses = new Set([500, 502, 503, 504]);
const lostCodes = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

export function retryReasonOf(error: unknown): RetryReason | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AwsError) {
    const status = error.$metadata.httpStatusCode ?? 0;
    if (status === 429 || throttled.has(error.name)) return "throttled";
    const isExpired =
      error.name === "InvalidSignatureException" && error.message.includes("Signature expired");
    if (transientStatuses.has(status) || isExpired || error.isClockCorrected) return "transient";
  }
  if (transientNames.has(error.name)) return "transient";
  return "code" in error && lostCodes.has(String(error.code)) ? "transient" : undefined;
}

const maxCapacity = 500;
const costs = { throttled: 5, transient: 14 };
const usualGain = 1;
const throttledPauseMs = 1_000;
const maxPauseMs = 20_000;

/**
 * The token bucket of the SDK's standard mode, one for each service: while most calls fail, few are made
 * again, so that a service in trouble does not get a multiple of the calls.
 */
export class RetryQuota {
  #capacity = maxCapacity;

  /** Returns what the retry costs, or undefined where the quota allows none. */
  take(reason: RetryReason): number | undefined {
    const cost = costs[reason];
    if (this.#capacity < cost) return undefined;
    this.#capacity -= cost;
    return cost;
  }

  /** After a success: what its last retry took comes back. */
  giveBack(cost: number): void {
    this.#capacity = Math.min(maxCapacity, this.#capacity + (cost || usualGain));
  }
}

/** At random up to a bound that doubles: those who were refused together do not come back together. */
export function pauseMs(reason: RetryReason, retries: number, basePauseMs: number): number {
  const first = reason === "throttled" ? throttledPauseMs : basePauseMs;
  return Math.floor(Math.random() * Math.min(first * 2 ** retries, maxPauseMs));
}
