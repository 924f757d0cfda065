import * as z from "zod/mini";
import { ErrorEnvelope } from "../../errors.ts";
import { IdempotencyKey, PublishResponse } from "../../message.ts";
import type { Route } from "../../route.ts";
import { EventCode } from "../../values/event.ts";
import { CacheName, TopicName } from "../../values/names.ts";
import { HopHeaders, TraceHeaders } from "../../values/publish-headers.ts";
import { WholeNumber } from "../../values/webhook-values.ts";
import * as samples from "../samples.ts";

const Base64 = z
  .string()
  .check(
    z.regex(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "must be base64"),
    z.meta({ contentEncoding: "base64" }),
  );

const besideTheValue = {
  event: z.optional(z.nullable(EventCode)),
  productId: z.optional(z.nullable(WholeNumber)),
  idempotencyKey: z.optional(IdempotencyKey),
};

export const batchEntryFields = {
  value: z.optional(z.unknown()),
  text: z.optional(z.string()),
  binary: z.optional(Base64),
  ...besideTheValue,
};

export function hasOneValue(entry: z.core.ParsePayload<object>): void {
  const kinds = ["value", "text", "binary"].filter((kind) => Object.hasOwn(entry.value, kind));
  if (kinds.length === 1) return;
  const message = "must hold exactly one of value, text and binary";
  entry.issues.push({ code: "custom", message, input: entry.value });
}

/** One entry of a batch: exactly one of `value` (any JSON), `text` and `binary` (base64). */
export const BatchEntry = z.strictObject(batchEntryFields).check(hasOneValue);
export type BatchEntry = z.infer<typeof BatchEntry>;

const PublishBatchHeaders = z.extend(TraceHeaders, HopHeaders.shape);

export const maxBatchBytes = 1_048_576;

const sizes = "must hold 1 to 100 messages";

/** Entries are parsed one by one, since a bad one fails alone. */
const PublishBatchBody = z.strictObject({
  messages: z.array(z.unknown()).check(z.minLength(1, sizes), z.maxLength(100, sizes)),
});

/** The same, as the document of the API shows it: JSON Schema says by three forms which of three fields is there. */
export const PublishBatchBodyInDocs = z.strictObject({
  messages: z
    .array(
      z.union([
        entryInDocs("ValueEntry", { value: z.unknown() }),
        entryInDocs("TextEntry", { text: z.string() }),
        entryInDocs("BinaryEntry", { binary: Base64 }),
      ]),
    )
    .check(z.minLength(1, sizes), z.maxLength(100, sizes)),
});

function entryInDocs<Shape extends z.core.$ZodShape>(title: string, shape: Shape) {
  return z.strictObject({ ...shape, ...besideTheValue }).check(z.meta({ title }));
}

const BatchResult = z.union([PublishResponse, z.object({ error: ErrorEnvelope.shape.error })]);

export const PublishBatchResponse = z.object({ results: z.array(BatchResult) });
export type PublishBatchResponse = z.infer<typeof PublishBatchResponse>;

export const publishBatch = {
  id: "publishBatch",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/topics/{topicName}/batch",
  tag: "messages",
  permission: "publish",
  portal: "closed",
  params: z.object({ cacheName: CacheName, topicName: TopicName }),
  headers: PublishBatchHeaders,
  body: PublishBatchBody,
  bodyInDocs: PublishBatchBodyInDocs,
  maxBodyBytes: maxBatchBytes,
  statuses: [202],
  refusals: [409],
  response: PublishBatchResponse,
  summary: "Publish up to 100 messages to a topic",
  description:
    "One result for each message, in order. A bad entry fails alone. Each value keeps its own JSON text. " +
    "Topics that begin with `$` are refused.",
  example: {
    body: { messages: [{ value: { amount: 12 }, event: 101 }, { text: "Here I am!!" }] },
    response: {
      results: [
        { messageId: samples.messageId },
        {
          error: { code: "INVALID_ARGUMENT_ERROR", message: "text must not hold lone surrogates" },
        },
      ],
    },
  },
} as const satisfies Route;
