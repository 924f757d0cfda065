import type { RecoveryStep } from "../contract/recovery.ts";
import { groupOf } from "../domain/lanes/queue-group.ts";
import { readEnv } from "../runtime/env.ts";
import { type Sender, sendOrThrow, sqsSender } from "./send-batch.ts";

export interface RecoverQueue {
  /** Sends the next step of a recovery, to be taken after 0 to 900 seconds; throws unless it was taken. */
  send(step: RecoveryStep, delaySeconds: number): Promise<void>;
}

export function openRecoverQueue(sender: Sender = sqsSender): RecoverQueue {
  const { RECOVER_QUEUE_URL } = readEnv("RECOVER_QUEUE_URL");
  return {
    send: (step, delaySeconds) =>
      sendOrThrow(sender, RECOVER_QUEUE_URL, {
        body: JSON.stringify(step),
        ...(step.cacheName !== undefined && { group: groupOf(step.cacheName, step.webhookId) }),
        delaySeconds,
      }),
  };
}
