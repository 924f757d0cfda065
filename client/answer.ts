import type { ErrorEnvelope } from "../shared/contract/errors.ts";
import { HookcastError } from "./errors.ts";
import { retryAfterMs } from "./retry-after.ts";

/** A whole answer. */
export interface Answer<Response> {
  readonly status: number;
  readonly response: Response;
  /** The answer's own text, in which numbers of any size survive. */
  readonly text: string;
  /** The webhook's version, for `if-match` and `if-none-match`, where the operation tells it. */
  readonly etag: string | undefined;
  /** What the service's log knows the request by. */
  readonly requestId: string | undefined;
}

/** What the service, or the gateway before it, may have written. */
type Body = Partial<ErrorEnvelope> & { message?: string; response?: unknown };

/** The answer, or why it is not what was asked for. */
export function outcomeOf(
  { status, headers }: Response,
  text: string,
  { isBare, tries }: { isBare: boolean; tries: number },
): Answer<unknown> | HookcastError {
  const body = bodyOf(text);
  const requestId = headers.get("x-request-id") ?? undefined;
  // Whatever else is at the address may well answer in JSON, too.
  const isAnswer = body !== undefined && (isBare || "response" in body);
  if ((isAnswer && status >= 200 && status < 300) || status === 304) {
    const response = isBare ? body : body?.response;
    return { status, response, text, etag: headers.get("etag") ?? undefined, requestId };
  }
  const { code, message, details = [] } = body?.error ?? {};
  return new HookcastError({
    status,
    code,
    message: message ?? gatewayMessage(body) ?? `answered ${status}, and not as Hookcast does`,
    details,
    requestId,
    retryAfterMs: retryAfterMs(headers.get("retry-after"), Date.now()),
    tries,
  });
}

/** The gateway says no more than this of a key that it does not let in. */
function gatewayMessage(body: Body | undefined): string | undefined {
  return body?.message === "Forbidden"
    ? "the API key is unknown, expired or revoked"
    : body?.message;
}

/** Undefined where the text is no JSON object, as from a proxy. */
function bodyOf(text: string): Body | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    // The service's own tests hold its answers to the contract, so that no client needs the schemas.
    return typeof parsed === "object" && parsed !== null ? (parsed as Body) : undefined;
  } catch {
    return undefined;
  }
}
