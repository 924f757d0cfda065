import type { ErrorCode, ErrorDetail } from "../shared/contract/errors.ts";

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly tries: number;
}

/** The service answered, and not with what was asked for. */
export class HookcastError extends Error {
  override readonly name = "HookcastError";
  readonly status: number;
  /** Undefined where the gateway, or a proxy before it, answered by itself. */
  readonly code: ErrorCode | undefined;
  /** Every bad field. */
  readonly details: readonly ErrorDetail[];
  /** What the service's log knows the request by. */
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** With more than one, a 404 or 412 may be the work of an earlier try whose answer was lost. */
  readonly tries: number;

  constructor({ message, status, code, details, requestId, retryAfterMs, tries }: Refusal) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
    this.tries = tries;
  }
}

/** No whole answer came, in time or at all: whether the request was carried out is not known. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly tries: number;

  constructor(message: string, tries: number, cause: unknown) {
    super(message, { cause });
    this.tries = tries;
  }
}
