import type { Attempt } from "../../contract/delivery.ts";
import type { StoredSignature } from "../../contract/values/signature-recipe.ts";
import { isoTime } from "../../contract/values/time.ts";
import { sentHeaderNames } from "../requests/outgoing-request.ts";
import { hideParts, maskUrl } from "../webhooks/masking.ts";
import { type SettingsVersion, signingOf } from "../webhooks/webhook-record.ts";
import type { AttemptRecord } from "./delivery-record.ts";

/** What is known of the webhook as an attempt met it. */
export interface AttemptSettings {
  /** What was sent, where that is known. */
  readonly tried: SettingsVersion | undefined;
  /** A URL whose secret parts may be in the answer. */
  readonly url: string | undefined;
  /** Of webhooks that say nothing of their signatures. */
  readonly signatures?: readonly StoredSignature[] | undefined;
}

/**
 * One attempt. Who sees no secrets sees no token of the URL either: not in the URL, and not in an answer that repeats it,
 * as error pages do.
 */
export function presentAttempt(
  record: AttemptRecord,
  { tried, url, signatures }: AttemptSettings,
  seesSecrets: boolean,
): Attempt {
  const { timeMs, settingsVersion, bytes, traceHeaders = [], responseHeaders, ...made } = record;
  const shown = (text: string) => (seesSecrets || !url ? text : hideParts(text, url));
  const headers = Object.entries(responseHeaders ?? {}).map(([name, value]) => [
    name,
    shown(value),
  ]);
  return {
    ...made,
    attemptTime: isoTime(timeMs),
    responseBody: shown(made.responseBody),
    ...(responseHeaders && { responseHeaders: Object.fromEntries(headers) }),
    ...(tried?.headerNames &&
      bytes !== undefined && {
        request: {
          url: seesSecrets ? tried.url : maskUrl(tried.url),
          format: tried.format,
          bytes,
          headerNames: sentHeaderNames(
            {
              ...signingOf(tried, signatures),
              customNames: tried.headerNames,
              traceNames: traceHeaders,
              isAuthorized: tried.isAuthorized ?? false,
            },
            timeMs,
          ),
        },
      }),
  };
}
