import * as z from "zod/mini";

/** A ULID, as the source of an expression: Crockford base32, three bits of time in the first character. */
export const ulidPattern = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

function idSchema(kind: "whk" | "msg" | "job" | "ses", what: string, description: string) {
  const pattern = new RegExp(`^${kind}_${ulidPattern}$`);
  return z.string().check(z.regex(pattern, `is not a ${what} id`), z.describe(description));
}

export const WebhookId = idSchema(
  "whk",
  "webhook",
  "The unique id of the webhook, which putWebhook returns and listWebhooks shows.",
);
export const MessageId = idSchema(
  "msg",
  "message",
  "The message's id, which publish returns. It is the `webhook-id` of each of its deliveries.",
);
export const JobId = idSchema(
  "job",
  "job",
  "The id of a recovery, which recoverDeliveries returns.",
);
export const SessionId = idSchema(
  "ses",
  "portal session",
  "The id of a portal session, which createPortalSession returns.",
);
