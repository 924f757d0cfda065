import * as z from "zod/mini";

/** A ULID, as the source of an expression: Crockford base32, three bits of time in the first character. */
export const ulidPattern = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

function idSchema(kind: "whk" | "msg", what: string) {
  return z.string().check(z.regex(new RegExp(`^${kind}_${ulidPattern}$`), `is not a ${what} id`));
}

export const WebhookId = idSchema("whk", "webhook");
export const MessageId = idSchema("msg", "message");
