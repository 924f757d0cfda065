import { bodyRetryAfter } from "../domain/attempts/retry-after.ts";
import type { Outcome } from "../domain/attempts/verdict.ts";
import { bodyText } from "./body-text.ts";
import type { WebhookResponse } from "./webhook-response.ts";

const maxLocationCharacters = 256;

/** What an answer says, and the beginning of its body as it is shown in the log. */
export async function answerOutcome(
  { statusCode, headers, body }: WebhookResponse,
  url: string,
): Promise<{ outcome: Outcome; responseBody: string }> {
  const isSuccess = statusCode >= 200 && statusCode <= 299;
  // Of a success next to nothing is shown: it is not worth inflating.
  const encoding = isSuccess ? undefined : headers["content-encoding"];
  const responseBody = await bodyText(body, headers["content-type"], encoding);
  const outcome: Outcome = {
    kind: "answer",
    statusCode,
    headers: {
      retryAfter: headers["retry-after"],
      retryAfterInBody: statusCode === 429 ? bodyRetryAfter(responseBody) : undefined,
      webhookDelivery: headers["webhook-delivery"],
      location: isRedirect(statusCode) ? shownLocation(headers.location, url) : undefined,
    },
  };
  return { outcome, responseBody };
}

function isRedirect(statusCode: number): boolean {
  return statusCode >= 300 && statusCode <= 399;
}

/** Whole, but without what may be secret: a query, a user and a password. */
function shownLocation(location: string | undefined, url: string): string | undefined {
  const target = location === undefined ? null : URL.parse(location, url);
  if (!target || !/^https?:$/.test(target.protocol)) return undefined;
  return `${target.origin}${target.pathname}`.slice(0, maxLocationCharacters);
}
