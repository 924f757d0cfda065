import { DeliveryJob } from "../../shared/contract/delivery.ts";
import { type DeliverDeps, deliverOne } from "../../shared/delivery/deliver-one.ts";
import { openRecorder } from "../../shared/delivery/recorder.ts";
import { openWebhookClient } from "../../shared/http/webhook-client.ts";
import { openDeadLetterQueue } from "../../shared/queue/dead-letter-queue.ts";
import { openRetryQueue } from "../../shared/queue/delivery-queue.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { type Item, type Poison, queueWorker } from "../../shared/runtime/queue-worker.ts";
import {
  type DeliveryContextStore,
  openDeliveryContextStore,
} from "../../shared/store/delivery-context.ts";
import { type DeliveryStore, openDeliveryStore } from "../../shared/store/delivery-store.ts";
import { openMessageStore } from "../../shared/store/message-store.ts";
import { openVault } from "../../shared/store/vault.ts";
import { openWebhookStore } from "../../shared/store/webhook-store.ts";
import { openWebhookWriter } from "../../shared/store/webhook-writer.ts";

interface Deps extends Omit<DeliverDeps, "recorder"> {
  readonly contexts: DeliveryContextStore;
  readonly deliveries: DeliveryStore;
  readonly poison: Poison;
}

/** Delivers a batch: one read for all, one POST each, one write for all that went well. */
export async function deliver(
  items: readonly Item<DeliveryJob>[],
  deps: Deps,
): Promise<PromiseSettledResult<void>[]> {
  const jobs = items.map(({ job }) => job);
  const maybeTried = items.filter(({ job, receiveCount }) => job.attempt > 1 || receiveCount > 1);
  const context = await deps.contexts.load(
    jobs,
    maybeTried.map(({ job }) => job),
  );
  const recorder = openRecorder(deps.deliveries);
  const results = await Promise.allSettled(
    jobs.map((job, index) =>
      isTwin(job, jobs.slice(0, index))
        ? undefined
        : deliverOne(job, context, { ...deps, recorder }),
    ),
  );
  await recorder.flush();
  return results;
}

/** SQS may put the same message into one batch twice; the second says nothing new. */
function isTwin(job: DeliveryJob, earlier: readonly DeliveryJob[]): boolean {
  return earlier.some(
    ({ webhookId, generation, attempt, message }) =>
      webhookId === job.webhookId &&
      message.messageId === job.message.messageId &&
      generation === job.generation &&
      attempt === job.attempt,
  );
}

export const handler = queueWorker(DeliveryJob, deliver, (): Deps => {
  const env = readEnv("ALLOW_PRIVATE_DESTINATIONS", "RETENTION_DAYS", "RETRY_SCHEDULE_SECONDS");
  return {
    contexts: openDeliveryContextStore(),
    webhooks: openWebhookStore(),
    writer: openWebhookWriter(),
    messages: openMessageStore(),
    deliveries: openDeliveryStore(),
    retries: openRetryQueue(),
    poison: openDeadLetterQueue(),
    vault: openVault(),
    client: openWebhookClient({ allowPrivate: env.ALLOW_PRIVATE_DESTINATIONS }),
    schedule: env.RETRY_SCHEDULE_SECONDS,
    retentionDays: env.RETENTION_DAYS,
    now: Date.now,
    random: Math.random,
  };
});
