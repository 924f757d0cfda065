import type { DeliveryJob } from "../contract/delivery.ts";
import type { WebhookRecord } from "../domain/webhook-record.ts";
import { errorFields, log } from "../runtime/logger.ts";
import { type AcceptDeps, accept } from "./accept.ts";

/** Tells operational events on the topic `$hookcast` of the same cache; never throws. */
export interface Announcer {
  failed(job: DeliveryJob, error: string): Promise<void>;
  disabled(webhook: WebhookRecord, statusReason: string): Promise<void>;
  recovered(webhook: WebhookRecord): Promise<void>;
}

const ourTopic = "$hookcast";
/** Stands for the publishing key, since the service itself publishes. */
const ourKeyId = "hookcast";

/**
 * Events go through the same engine as any message, to whoever subscribes. Deliveries of that topic raise
 * no further events, or one dead subscriber would keep us busy with itself.
 */
export function openAnnouncer(deps: AcceptDeps): Announcer {
  const announce = async (cacheName: string, event: string, value: Record<string, unknown>) => {
    try {
      if (!(await hasSubscriber(cacheName, deps))) return;
      const payload = { kind: "json", text: JSON.stringify(value) } as const;
      const draft = { cacheName, topicName: ourTopic, event, productId: null, payload };
      await accept([{ ...draft, contentType: "application/json", keyId: ourKeyId }], deps);
    } catch (error) {
      log("warn", "announcement.failed", { event, ...errorFields(error) });
    }
  };

  return {
    async failed({ webhookId, webhookName, attempt, message }, error) {
      const { cacheName, topicName, messageId } = message;
      if (topicName === ourTopic) return;
      const facts = { webhookId, webhookName, messageId, topicName, attempt, error };
      await announce(cacheName, "hookcast.delivery.failed", facts);
    },
    async disabled({ cacheName, webhookId, webhookName }, statusReason) {
      const facts = { webhookId, webhookName, statusReason };
      await announce(cacheName, "hookcast.webhook.disabled", facts);
    },
    async recovered({ cacheName, webhookId, webhookName }) {
      await announce(cacheName, "hookcast.webhook.recovered", { webhookId, webhookName });
    },
  };
}

/** Most caches have none: one read then is all that an event costs. */
async function hasSubscriber(cacheName: string, { webhooks }: AcceptDeps): Promise<boolean> {
  const { subscriptions } = await webhooks.subscribers(cacheName, ourTopic, { limit: 2 });
  return subscriptions.length > 0;
}
