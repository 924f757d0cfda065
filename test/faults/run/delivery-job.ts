import { randomBytes } from "node:crypto";
import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { messageFacts } from "../../support/message-facts.ts";

interface To {
  cacheName: string;
  webhookName: string;
  webhookId: string;
}

/** The first attempt of a new message to one webhook, as publish would send it. */
export function firstAttempt({ cacheName, webhookName, webhookId }: To): DeliveryJob {
  const publishedTimeMs = Date.now();
  const messageId = mintId("msg", publishedTimeMs, randomBytes(10));
  return {
    v: 1,
    webhookId,
    webhookName,
    generation: 1,
    attempt: 1,
    message: messageFacts({ messageId, cacheName, publishedTimeMs }),
    payload: { kind: "json", text: "{}" },
  };
}
