import * as z from "zod/mini";
import { ShownCacheStatus } from "./cache.ts";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";
import { Format } from "./webhook.ts";

export const deliveryStatuses = ["pending", "delivered", "retrying", "failed"] as const;

const DeliveryStatus = z
  .enum(deliveryStatuses)
  .check(z.meta({ id: "DeliveryStatus", description: "How a delivery stands." }));

/** What an attempt sent; the values of its headers are told nowhere. */
const SentRequest = z
  .object({
    url: z
      .string()
      .check(z.describe("Below the first segment of the path `•••` for keys that see no secrets.")),
    format: Format,
    bytes: z.int().check(z.describe("How long the body was.")),
    headerNames: z
      .array(z.string())
      .check(z.describe("Of all that were sent, the custom ones among them; values are not told.")),
  })
  .check(
    z.meta({
      id: "SentRequest",
      description:
        "What an attempt sent. Absent on attempts of an earlier version of the service, and while a webhook has custom " +
        "headers that were set in one.",
    }),
  );

/** One HTTP try. `responseBody` is a prefix of what the receiver responded. */
export const Attempt = z
  .object({
    attempt: z.int(),
    attemptTime: Time,
    statusCode: z.nullable(z.int()),
    latencyMs: z.int(),
    error: z.nullable(z.string()),
    responseBody: z.string(),
    request: z.optional(SentRequest),
    responseHeaders: z.optional(
      z
        .record(z.string(), z.string())
        .check(
          z.describe(
            "Of a failed attempt: the first 2 KiB of what came, in lower case, without those that set cookies.",
          ),
        ),
    ),
  })
  .check(z.meta({ id: "Attempt", description: "One HTTP try." }));
export type Attempt = z.infer<typeof Attempt>;

const summary = {
  messageId: MessageId,
  topicName: TopicName,
  event: z.nullable(EventCode),
  status: DeliveryStatus,
  /** Attempts made since the delivery was last enqueued. */
  attemptCount: z.int(),
  publishedTime: Time,
  lastAttemptTime: z.nullable(Time),
  nextAttemptTime: z.nullable(Time),
  lastStatusCode: z
    .nullable(z.int())
    .check(z.describe("What the receiver responded to the last attempt; null where nothing came.")),
  latencyMs: z.nullable(z.int()).check(z.describe("How long the last attempt took.")),
  error: z
    .nullable(z.string())
    .check(
      z.describe(
        "What is wrong: what came of the last attempt (`HTTP 500`, `connection refused`), `not attempted yet`, or why no " +
          "further one is made (`webhook inactive`, `webhook deleted`, `message expired`, `horizon`). Null only after a 2xx.",
      ),
    ),
};

export const DeliverySummary = z.object(summary).check(
  z.meta({
    id: "DeliverySummary",
    description: "One message to one webhook, as a list shows it.",
  }),
);
export type DeliverySummary = z.infer<typeof DeliverySummary>;

const sent = {
  requestBody: z
    .nullable(z.string())
    .check(
      z.describe(
        "The body of the last attempt. Null where none was made, and where the message is no longer kept.",
      ),
    ),
  requestBodyEncoding: z.optional(
    z.literal("base64").check(z.describe("Where the body is no UTF-8 text.")),
  ),
  rendered: z.optional(
    z
      .enum(["as-sent", "settings-changed"])
      .check(
        z.describe(
          "Whether the body is what was sent, or what the webhook's settings of now make of the message. Absent without one.",
        ),
      ),
  ),
};

export const Delivery = z
  .object({ ...summary, cacheStatus: ShownCacheStatus, ...sent, attempts: z.array(Attempt) })
  .check(
    z.meta({ id: "Delivery", description: "One message to one webhook, with every attempt." }),
  );
export type Delivery = z.infer<typeof Delivery>;
