import type { FanOutJob } from "../contract/delivery.ts";
import { escapeForSqs } from "../domain/sqs-text.ts";
import { readEnv } from "../runtime/env.ts";
import { sendBatch } from "./send-batch.ts";

export interface FanOutQueue {
  send(job: FanOutJob): Promise<void>;
}

export function openFanOutQueue(): FanOutQueue {
  const { FAN_OUT_QUEUE_URL } = readEnv("FAN_OUT_QUEUE_URL");
  return {
    send: (job) => {
      const body = escapeForSqs(JSON.stringify(job));
      return sendBatch(FAN_OUT_QUEUE_URL, [{ body }]);
    },
  };
}
