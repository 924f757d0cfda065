import { RecoveryStep } from "../../shared/contract/jobs.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { type RecoverDeps, recoverStep } from "../../shared/delivery/recover/recover-step.ts";
import {
  openDeadLetterQueue,
  openDeliveryQueue,
  openHandBack,
  openRecoverQueue,
} from "../../shared/queue/queues.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import {
  type DeadLetterQueue,
  type HandBack,
  type Item,
  queueWorker,
} from "../../shared/runtime/queue-worker.ts";
import { openDeliveryHeads } from "../../shared/store/deliveries/delivery-context.ts";
import { openDeliveryStore } from "../../shared/store/deliveries/delivery-store.ts";
import { openHealthStore } from "../../shared/store/health/health-store.ts";
import { openMessageLog } from "../../shared/store/messages/message-log.ts";
import { openMessageStore } from "../../shared/store/messages/message-store.ts";
import { openRecoveryStore } from "../../shared/store/waiting/recovery-store.ts";
import { openWebhookStore } from "../../shared/store/webhooks/webhook-store.ts";

interface Deps extends RecoverDeps {
  readonly deadLetterQueue: DeadLetterQueue;
  readonly handBack: HandBack;
}

export function openRecoverDeps({ database, sender, now }: Platform = aws): Deps {
  return {
    webhooks: openWebhookStore(database),
    recoveries: openRecoveryStore(database),
    heads: openDeliveryHeads(database),
    healths: openHealthStore(database, now),
    log: openMessageLog(database),
    messages: openMessageStore(database),
    records: openDeliveryStore(database),
    deliveries: openDeliveryQueue(sender),
    next: openRecoverQueue(sender),
    deadLetterQueue: openDeadLetterQueue(sender),
    handBack: openHandBack([readEnv("RECOVER_QUEUE_URL").RECOVER_QUEUE_URL], sender),
    rate: readEnv("RECOVER_RATE").RECOVER_RATE,
    retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
    now,
  };
}

export function recover(
  items: readonly Item<RecoveryStep>[],
  deps: Deps,
): Promise<PromiseSettledResult<void>[]> {
  return Promise.allSettled(
    items.map(({ job, receiveCount }) => recoverStep(job, receiveCount > 1, deps)),
  );
}

export const handler = queueWorker(RecoveryStep, recover, openRecoverDeps);
