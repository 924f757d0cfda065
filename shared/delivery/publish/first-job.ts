import type { DeliveryJob, MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { fitsInline } from "../../domain/messages/inline-payload.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";

/** The first attempt of a generation, of a message that is still kept. */
export function firstJob(
  { webhookId, webhookName }: WebhookRecord,
  message: { readonly facts: MessageMetadata; readonly payload: Payload },
  generation: number,
): DeliveryJob {
  const { facts, payload } = message;
  return {
    v: 1,
    webhookId,
    webhookName,
    generation,
    attempt: 1,
    message: facts,
    payload: fitsInline(payload) ? payload : undefined,
  };
}
