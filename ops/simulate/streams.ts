import type { DeliveryJob } from "../shared/contract/delivery.ts";
import type { Measure } from "./simulate-measure.ts";
import type { Stream } from "./simulate-scenarios.ts";
import type { World } from "./simulate-world.ts";

/** Publishes a stream's messages at their pace; `onEnd` hears of the last. */
export function publish(stream: Stream, world: World, measure: Measure, onEnd: () => void): void {
  const { webhook: webhookId, messages, fromMs, overMs } = stream;
  world.tables.webhooks.set(webhookId, { webhookId, status: "active", version: 1 });
  const gapMs = overMs / messages;
  let sent = 0;
  const next = () => {
    measure.published += 1;
    world.deliveries.send(firstAttempt(webhookId, sent, world.clock.nowMs), webhookId);
    sent += 1;
    if (sent < messages) world.clock.after(gapMs, next);
    else onEnd();
  };
  // Streams of the same pace must not beat at the same moment.
  world.clock.after(fromMs + world.random() * gapMs, next);
}

export function firstAttempt(
  webhookId: string,
  number: number,
  publishedTimeMs: number,
): DeliveryJob {
  return {
    v: 1,
    webhookId,
    webhookName: webhookId,
    generation: 1,
    attempt: 1,
    message: {
      messageId: String(number),
      cacheName: "cache",
      topicName: "topic",
      event: null,
      productId: null,
      contentType: "application/json",
      publishedTimeMs,
      keyId: "key",
      sequenceNumber: null,
    },
  };
}
