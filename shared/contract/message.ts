import * as z from "zod/mini";
import { MessageId } from "./values/ids.ts";

/** A published value: JSON keeps its own text, so that numbers of any size, key order and spacing survive. */
export const Payload = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("json"), text: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("binary"), base64: z.string() }),
]);
export type Payload = z.infer<typeof Payload>;

export const maxMessageBytes = 262_144;

export const IdempotencyKey = z
  .string()
  .check(
    z.regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible characters"),
    z.describe(
      "Publishing again with the same key within 24 hours answers the same messageId and sends nothing.",
    ),
  );

export const PublishResponse = z.object({ messageId: MessageId });
export type PublishResponse = z.infer<typeof PublishResponse>;
