import { readEnv } from "../runtime/env.ts";
import { sendBatch } from "./send-batch.ts";

export interface DeadLetterQueue {
  /** Puts a body that cannot be handled where an operator is alarmed by it. */
  send(body: string): Promise<void>;
}

/** The dead-letter queue beside the delivery queue, for what our own code could not read. */
export function openDeadLetterQueue(): DeadLetterQueue {
  const { DELIVERY_DLQ_URL } = readEnv("DELIVERY_DLQ_URL");
  return { send: (body) => sendBatch(DELIVERY_DLQ_URL, [{ body }]) };
}
