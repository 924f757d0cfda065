import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { ErrorEnvelope } from "../contract/errors.ts";
import type { Route } from "../contract/route.ts";
import type { AppError } from "../domain/app-error.ts";
import { asAppError } from "./failures.ts";
import { errorFields, log } from "./logger.ts";

/** A value with a status other than the route's usual one, or with headers. */
export class ApiResponse<Value> {
  readonly value: Value;
  readonly status: number | undefined;
  readonly headers: Record<string, string>;

  constructor(value: Value, options: { status?: number; headers?: Record<string, string> } = {}) {
    this.value = value;
    this.status = options.status;
    this.headers = options.headers ?? {};
  }
}

export function success(
  route: Route,
  answer: ApiResponse<unknown>,
): APIGatewayProxyStructuredResultV2 {
  const statusCode = answer.status ?? route.statuses[0];
  const { "content-type": contentType, ...others } = usualHeaders(route);
  if (statusCode === 304) return { statusCode, headers: { ...others, ...answer.headers } };
  return {
    statusCode,
    headers: { ...usualHeaders(route), ...answer.headers },
    body: route.bare ? JSON.stringify(answer.value) : enveloped(answer.value),
  };
}

/** A value may bring its JSON along, so that what it holds is not written anew. */
function enveloped(value: unknown): string {
  const json = value instanceof JsonText ? value.text : JSON.stringify(value);
  return `{"status":"success","response":${json}}`;
}

export function failure(
  route: Route,
  thrown: unknown,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const error = asAppError(thrown);
  if (error.status >= 500) {
    log("error", "request.failed", { requestId, route: route.path, ...errorFields(thrown) });
  }
  const { code, message, details, retryAfterSeconds } = error;
  const envelope: ErrorEnvelope = {
    status: "error",
    error: { code, message, ...(details && { details: [...details] }) },
  };
  const retryAfter: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return {
    statusCode: error.status,
    headers: { ...usualHeaders(route), ...error.headers, ...retryAfter },
    body: JSON.stringify(envelope),
  };
}

/** What a caller sees of an error, in the envelope or beside the results of a batch. */
export function errorBody({ code, message, details }: AppError): ErrorEnvelope["error"] {
  return { code, message, ...(details && { details: [...details] }) };
}

/** A value of the type given that is JSON text already: it goes out as it is. */
export class JsonText<Value> {
  readonly text: string;
  /** Never set; it tells the compiler what the text holds. */
  declare readonly holds: Value;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What every answer of ours carries. What a key is needed for is no cache's to keep: besides secrets
 * there are header values, which may be receivers' tokens, and the values that were published.
 */
function usualHeaders({ permission }: Route): Record<string, string> {
  return {
    "cache-control": permission === null ? "no-cache" : "no-store",
    "content-type": "application/json; charset=utf-8",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
  };
}
