import type { DeliverySummary } from "../../../shared/contract/delivery.ts";

export function summary(facts: Partial<DeliverySummary> = {}): DeliverySummary {
  return {
    messageId: "msg_1",
    topicName: "paid",
    event: null,
    status: "delivered",
    attemptCount: 1,
    publishedTime: "2026-01-01T00:00:00Z",
    lastAttemptTime: "2026-01-01T00:00:01Z",
    nextAttemptTime: null,
    lastStatusCode: 200,
    latencyMs: 12,
    error: null,
    ...facts,
  };
}
