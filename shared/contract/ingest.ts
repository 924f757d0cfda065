import * as z from "zod/mini";
import { batchEntryFields, hasOneValue } from "./operations/messages/publish-batch.ts";
import { EventCode } from "./values/event.ts";
import { CacheName, TopicName } from "./values/names.ts";

/** What a message of an ingest queue holds, or one of an array of them: an entry of a batch and where it goes. */
export const IngestEntry = z
  .strictObject({
    cacheName: CacheName,
    topicName: TopicName,
    ...batchEntryFields,
    /** What the value is, as publish takes it; default: by its kind. */
    contentType: z.optional(
      z.string().check(z.regex(/^[\x20-\x7e]{1,255}$/, "must be at most 255 ASCII characters")),
    ),
    /** What a delivery's `webhook-hops` says, where the message passes a delivery on. */
    hops: z.optional(z.int().check(z.minimum(0, "must be 0 or more"))),
  })
  .check(hasOneValue);
export type IngestEntry = z.infer<typeof IngestEntry>;

/** Entries of one body. */
export const maxIngestEntries = 100;

/**
 * The longest body that an ingest queue takes. Dead-letter queues take as much as SQS does, so that there is room
 * for what is told of a body.
 */
export const maxIngestBytes = 1_044_480;

/** The attributes of a body in a dead-letter queue: why it is there, and under which identity it was received. */
export const ingestAttributes = {
  reason: "hookcast-reason",
  identity: "hookcast-identity",
} as const;

/** The topic to which whole bodies go, where a source sends bodies that know nothing of topics. */
export const IngestWrap = z.strictObject({
  cacheName: CacheName,
  topicName: TopicName,
  event: z.optional(EventCode),
});
export type IngestWrap = z.infer<typeof IngestWrap>;

/** One ingest queue, as the function knows it. */
export const IngestSource = z.object({
  /** The queue's name. */
  queue: z.string(),
  /** Absent of the one queue of a deployment without sources. */
  name: z.optional(z.string()),
  /** The caches that it may publish to; absent: any. */
  caches: z.optional(z.array(z.string())),
  wrap: z.optional(IngestWrap),
  /** Messages; absent: no bound. */
  maxPerMinute: z.optional(z.int()),
});
export type IngestSource = z.infer<typeof IngestSource>;
