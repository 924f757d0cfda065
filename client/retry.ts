import { ConnectionError, type HookcastError } from "./errors.ts";

const firstWaitMs = 250;
const maxBackoffMs = 8_000;
/** A longer wait than this is not waited for: the caller should know. */
const maxWaitMs = 30_000;

/** How long to wait before the request is sent again; undefined where it must not or need not be. */
export function waitBeforeRetryMs(
  error: HookcastError | ConnectionError,
  isRepeatable: boolean,
): number | undefined {
  if (!isWorthRepeating(error, isRepeatable)) return undefined;
  const backoffMs = Math.min(maxBackoffMs, firstWaitMs * 2 ** (error.tries - 1));
  const jitteredMs = backoffMs * (0.5 + Math.random() / 2);
  const askedMs = error instanceof ConnectionError ? 0 : (error.retryAfterMs ?? 0);
  return askedMs > maxWaitMs ? undefined : askedMs + jitteredMs;
}

function isWorthRepeating(error: HookcastError | ConnectionError, isRepeatable: boolean): boolean {
  if (error instanceof ConnectionError) return isRepeatable;
  if (error.status === 429) return isPassing(error);
  return isRepeatable && ([502, 503, 504].includes(error.status) || isOfTheGateway(error));
}

/** What is throttled was not begun, whatever it is. A quota that is used up stays so, unless it says for how long. */
function isPassing({ code, retryAfterMs }: HookcastError): boolean {
  return code !== "LIMIT_EXCEEDED_ERROR" || retryAfterMs !== undefined;
}

/** A 500 in the service's own words is a bug, and comes again; one without its code is of what stands before it. */
function isOfTheGateway({ status, code }: HookcastError): boolean {
  return status === 500 && code === undefined;
}
