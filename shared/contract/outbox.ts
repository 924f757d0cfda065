import * as z from "zod/mini";

/** What a row of the outbox has beside the members of an ingest entry, whose `value` is there a text of JSON. */
export const OutboxKey = z.object({
  /** The partition key. With the time it makes the message's id, so a row is one message however often it is read. */
  id: z.string().check(z.minLength(1), z.maxLength(256, "must be at most 256 characters")),
  /** When its writer wrote it. */
  time: z.iso.datetime({ offset: true, error: "must be a time in ISO 8601 with its zone" }),
});

/** The attributes that Hookcast writes into rows: why one is refused, and since when an old one is under way. */
export const outboxMarks = { reason: "hookcastReason", timeMs: "hookcastTimeMs" } as const;
