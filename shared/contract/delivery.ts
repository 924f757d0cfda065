import * as z from "zod/mini";
import { ShownCacheStatus } from "./cache.ts";
import { EventCode } from "./values/event.ts";
import { MessageId } from "./values/ids.ts";
import { TopicName } from "./values/names.ts";
import { pagingQuery } from "./values/paging.ts";
import { momentOf, Time } from "./values/time.ts";

const statuses = ["pending", "delivered", "retrying", "failed"] as const;

const DeliveryStatus = z
  .enum(statuses)
  .check(z.meta({ id: "DeliveryStatus", description: "How a delivery stands." }));

/** One HTTP try. `responseBody` is a prefix of what the receiver answered. */
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
  /** Why it failed, where no attempt says it: `webhook inactive`, `webhook deleted`, `schedule end`, `horizon`. */
  error: z.nullable(z.string()),
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

/** `since` is inclusive, `until` exclusive; both by the time of the publish. */
export const ListDeliveriesQuery = z.strictObject({
  ...pagingQuery,
  status: z.optional(z.enum(statuses).check(z.describe("Only deliveries that stand so."))),
  since: z.optional(momentOf("Only messages published then or later.")),
  until: z.optional(momentOf("Only messages published before then.")),
});

export const ListDeliveriesResponse = z.object({
  cacheStatus: ShownCacheStatus,
  deliveries: z.array(DeliverySummary),
  nextCursor: z.nullable(z.string()),
});
export type ListDeliveriesResponse = z.infer<typeof ListDeliveriesResponse>;

export const RetryDeliveryResponse = z.object({ messageId: MessageId });
export type RetryDeliveryResponse = z.infer<typeof RetryDeliveryResponse>;

/** What came back from a test event. */
export const TestWebhookResponse = z.object({
  delivered: z.boolean(),
  statusCode: z.optional(z.int()),
  latencyMs: z.int(),
  error: z.optional(z.string()),
  responseBody: z.optional(z.string()),
});
export type TestWebhookResponse = z.infer<typeof TestWebhookResponse>;
