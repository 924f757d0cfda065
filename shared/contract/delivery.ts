import * as z from "zod/mini";
import { ShownCacheStatus } from "./cache.ts";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { TopicName } from "./values/names.ts";
import { Time } from "./values/time.ts";

export const deliveryStatuses = ["pending", "delivered", "retrying", "failed"] as const;

const DeliveryStatus = z
  .enum(deliveryStatuses)
  .check(z.meta({ id: "DeliveryStatus", description: "How a delivery stands." }));

/** One HTTP try. `responseBody` is a prefix of what the receiver responded. */
export const Attempt = z
  .object({
    attempt: z.int(),
    attemptTime: Time,
    statusCode: z.nullable(z.int()),
    latencyMs: z.int(),
    error: z.nullable(z.string()),
    responseBody: z.string(),
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

export const Delivery = z
  .object({ ...summary, cacheStatus: ShownCacheStatus, attempts: z.array(Attempt) })
  .check(
    z.meta({ id: "Delivery", description: "One message to one webhook, with every attempt." }),
  );
export type Delivery = z.infer<typeof Delivery>;
