import { type ErrorCode, type ErrorDetail, errorStatus } from "../contract/errors.ts";

interface Options {
  /** Where the code's usual status is too wide: 412, 415. */
  readonly status?: number;
  readonly details?: readonly ErrorDetail[];
  /** When the same request may succeed. */
  readonly retryAfterSeconds?: number;
  /** Beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly cause?: unknown;
}

/** What a caller may see. Anything else that is thrown is a bug and returns a bare 500. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ErrorCode, message: string, options: Options = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? errorStatus[code];
    this.details = options.details;
    this.headers = options.headers;
    this.retryAfterSeconds =
      options.retryAfterSeconds ?? (code === "SERVER_UNAVAILABLE" ? 1 : undefined);
  }
}

/** Refuses one field of a request; `message` goes on where its path ends. */
export function invalidArgument(path: string, message: string): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", `${path} ${message}`, {
    details: [{ path, message }],
  });
}
