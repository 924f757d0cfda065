import type { DeliveryJob, MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { matchesSubscription } from "../../domain/messages/matches-subscription.ts";
import type { Subscription } from "../../domain/webhooks/webhook-record.ts";

/** One first attempt for each subscriber that wants the message. */
export function deliveryJobs(
  subscriptions: readonly Subscription[],
  { message, payload }: { message: MessageMetadata; payload?: Payload | undefined },
): DeliveryJob[] {
  return subscriptions
    .filter((subscription) => matchesSubscription(subscription, message))
    .map(({ webhookId, webhookName }) => ({
      v: 1,
      webhookId,
      webhookName,
      generation: 1,
      attempt: 1,
      message,
      payload,
    }));
}
