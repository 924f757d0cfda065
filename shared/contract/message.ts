import * as z from "zod/mini";
import { EventInQuery } from "./values/event.ts";
import { HopHeaders } from "./values/hops.ts";
import { MessageId } from "./values/ids.ts";
import { TraceHeaders } from "./values/trace-context.ts";
import { WholeNumber } from "./webhook.ts";

/** A published value: JSON keeps its own text, so that numbers of any size, key order and spacing survive. */
export const Payload = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("json"), text: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("binary"), base64: z.string() }),
]);
export type Payload = z.infer<typeof Payload>;

export const maxMessageBytes = 262_144;

const wholeNumber = /^-?[0-9]+$/;

/** Filters by which subscribers are chosen. */
export const PublishQuery = z.strictObject({
  event: z.optional(EventInQuery),
  productId: z.optional(
    z
      .pipe(
        z.transform((text: unknown) => (wholeNumber.test(String(text)) ? Number(text) : text)),
        WholeNumber,
      )
      .check(
        z.describe(
          "The product that the message is about; only webhooks of this product, or of none, receive it.",
        ),
      ),
  ),
  raw: z.optional(
    z
      .pipe(
        z.transform((text: unknown) => (text === "true" ? true : text === "false" ? false : text)),
        z.boolean("must be true or false"),
      )
      .check(
        z.describe(
          "Whether a body of the type `application/x-www-form-urlencoded` is meant and taken as bytes; many " +
            "clients say so of any body, and without it the answer is 415.",
        ),
      ),
  ),
});
export type PublishQuery = z.infer<typeof PublishQuery>;

export const IdempotencyKey = z
  .string()
  .check(
    z.regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible characters"),
    z.describe(
      "Publishing again with the same key within 24 hours answers the same messageId and sends nothing.",
    ),
  );

export const PublishHeaders = z.extend(TraceHeaders, {
  "content-type": z.optional(
    z.string().check(z.regex(/^[\x20-\x7e]{0,255}$/, "must be at most 255 ASCII characters")),
  ),
  "idempotency-key": z.optional(IdempotencyKey),
  ...HopHeaders.shape,
});
export type PublishHeaders = z.infer<typeof PublishHeaders>;

export const PublishResponse = z.object({ messageId: MessageId });
export type PublishResponse = z.infer<typeof PublishResponse>;
