import * as z from "zod/mini";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";
import { Format } from "./values/webhook-values.ts";
import { ShownCacheStatus } from "./webhook.ts";

export const deliveryStatuses = ["pending", "delivered", "retrying", "failed"] as const;

const DeliveryStatus = z
  .enum(deliveryStatuses)
  .check(z.meta({ id: "DeliveryStatus", description: "The status of a delivery." }));

/** What an attempt sent; the values of its headers are told nowhere. */
const SentRequest = z
  .object({
    url: z
      .string()
      .check(
        z.describe(
          "Masked with `•••` below the first path segment for keys that may not see secrets.",
        ),
      ),
    format: Format,
    bytes: z.int().check(z.describe("The length of the body.")),
    headerNames: z
      .array(z.string())
      .check(z.describe("The names of all headers sent, including custom ones, without values.")),
  })
  .check(
    z.meta({
      id: "SentRequest",
      description:
        "What an attempt sent. Absent for attempts of an earlier version of the service, and while a " +
        "webhook has custom headers from one.",
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
            "For a failed attempt: the first 2 KiB of the answer's headers, in lower case, without those " +
              "that set cookies.",
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
    .check(z.describe("The receiver's answer to the last attempt; null if none came.")),
  latencyMs: z.nullable(z.int()).check(z.describe("The duration of the last attempt.")),
  error: z
    .nullable(z.string())
    .check(
      z.describe(
        "What is wrong: the result of the last attempt (`HTTP 500`, `connection refused`), `not " +
          "attempted yet`, or the reason for no further attempt (`webhook inactive`, `webhook " +
          "deleted`, `message expired`, `horizon`). Null only after a 2xx.",
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
        "The body of the last attempt. Null if there was none, or if the message is no longer stored.",
      ),
    ),
  requestBodyEncoding: z.optional(
    z.literal("base64").check(z.describe("Present if the body is not UTF-8 text.")),
  ),
  rendered: z.optional(
    z
      .enum(["as-sent", "settings-changed"])
      .check(
        z.describe(
          "Whether the body is as it was sent, or rebuilt with the webhook's current settings. Absent " +
            "without a body.",
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
