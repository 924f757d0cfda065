import { readEnv } from "../runtime/env.ts";
import { type Sender, sendOrThrow, sqsSender } from "./send-batch.ts";

export interface DeadLetterQueue {
  /** Puts a body that cannot be handled where an operator is alarmed by it. */
  send(body: string): Promise<void>;
}

/** The dead-letter queue of this worker, for what our own code could not read. */
export function openDeadLetterQueue(sender: Sender = sqsSender): DeadLetterQueue {
  const { DEAD_LETTER_QUEUE_URL } = readEnv("DEAD_LETTER_QUEUE_URL");
  return { send: (body) => sendOrThrow(sender, DEAD_LETTER_QUEUE_URL, { body }) };
}
