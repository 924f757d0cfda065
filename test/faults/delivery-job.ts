import { randomBytes } from "node:crypto";
import type { DeliveryJob } from "../../shared/contract/delivery.ts";
import { mintId } from "../../shared/domain/ids.ts";

interface To {
  cacheName: string;
  webhookName: string;
  webhookId: string;
}

/** The first attempt of a new message to one webhook, as publish would send it. */
export function firstAttempt({ cacheName, webhookName, webhookId }: To): DeliveryJob {
  const publishedTimeMs = Date.now();
  return {
    v: 1,
    webhookId,
    webhookName,
    generation: 1,
    attempt: 1,
    message: {
      messageId: mintId("msg", publishedTimeMs, randomBytes(10)),
      cacheName,
      topicName: "t",
      event: null,
      productId: null,
      contentType: "application/json",
      publishedTimeMs,
      keyId: "key_test",
      sequenceNumber: null,
    },
    payload: { kind: "json", text: "{}" },
  };
}
