import { ConnectionError, HookcastError } from "../../client/errors.ts";
import { runningRecovery } from "../../client/running-recovery.ts";
import type { ErrorDetail } from "../../shared/contract/errors.ts";

/** An error in words, with what to do about it. */
export interface Explanation {
  readonly what: string;
  readonly advice: string;
  /** Every bad field. */
  readonly details: readonly ErrorDetail[];
  /** What the service's log knows the request by. */
  readonly requestId?: string | undefined;
  /** Only another key helps. */
  readonly needsKey?: true;
}

export function explain(error: unknown): Explanation {
  if (error instanceof HookcastError) return explainRefusal(error);
  if (error instanceof ConnectionError) return unreachable;
  const what = error instanceof Error ? error.message : String(error);
  return { what, advice: "Correct what you entered and try again.", details: [] };
}

const unreachable: Explanation = {
  what: "The service did not answer.",
  advice:
    "Check your connection, and that the service runs. If it has another address than this page, " +
    "its setting allowedOrigins must include this page’s origin. The operation may have been " +
    "carried out: check before you repeat it.",
  details: [],
};

const unknownKey = {
  what: "The service does not accept this key.",
  advice: "It may be mistyped, expired or revoked. Sign in with another key.",
  needsKey: true,
} as const;

function explainRefusal(error: HookcastError): Explanation {
  const { status, code, message, details, requestId } = error;
  if (status === 401 || (status === 403 && code === undefined)) {
    return { ...unknownKey, details, requestId };
  }
  return { what: sentence(message), advice: adviceFor(error), details, requestId };
}

function adviceFor(error: HookcastError): string {
  const { status, code, retryAfterMs } = error;
  if (code === "PERMISSION_ERROR") {
    return "Ask for a key that may do this, or sign in with another key.";
  }
  if (code === "LIMIT_EXCEEDED_ERROR" && retryAfterMs === undefined)
    return "A limit is reached. Wait, delete what you do not need, or have the limit raised.";
  if (status === 400 || status === 415) return "Correct it and try again.";
  if (status === 404)
    return "It may have been deleted or have expired, or the key does not cover its cache.";
  if (runningRecovery(error) !== undefined) return "See its progress.";
  if (status === 409)
    return "Something changed meanwhile. Check the current state, then try again.";
  if (status === 412)
    return "Somebody else has changed it. Reload it, then make your change again.";
  if (status === 413) return "Send less: a message holds at most 256 KiB.";
  if (status === 429) return "Too many requests at once. Wait a moment and try again.";
  if (status >= 500) return "Your request was correct. Try again in a moment.";
  return "Try again.";
}

/** Messages of the service begin small and end open. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
