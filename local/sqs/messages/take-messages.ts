import { queueArn } from "../../aws/arn.ts";
import type { Entry } from "../actions/entry.ts";
import type { Broker } from "../broker.ts";
import type { Queue } from "../queues/queue.ts";

/** SQS stops a standard queue at this many messages in flight. */
export const maxInFlight = 120_000;

/** A message as one receiver got it; the entry goes on to change. */
export interface Taken {
  entry: Entry;
  receiveCount: number;
  firstReceivedMs: number;
}

/** Puts up to `most` ready messages in flight; those received too often go to the dead-letter queue instead. */
export function takeMessages(
  broker: Broker,
  queue: Queue,
  most: number,
  visibilitySeconds: number,
): Taken[] {
  const nowMs = broker.now();
  const taken: Taken[] = [];
  queue.wake(nowMs);
  while (taken.length < most && queue.counts.inFlight < maxInFlight) {
    const entry = queue.next();
    if (!entry) break;
    if (entry.sentMs + queue.settings.retentionSeconds * 1000 <= nowMs) {
      queue.remove(entry);
      broker.messages.delete(entry);
    } else if (!giveUp(broker, queue, entry)) {
      entry.receiveCount += 1;
      entry.firstReceivedMs ??= nowMs;
      queue.turn(entry, "inFlight", nowMs + visibilitySeconds * 1000);
      broker.messages.place(entry);
      const { receiveCount, firstReceivedMs } = entry;
      taken.push({ entry, receiveCount, firstReceivedMs });
    }
  }
  return taken;
}

/** Takes back messages that never reached their receiver, as if it had not asked. */
export function putBack(broker: Broker, queue: Queue, taken: Taken[]): void {
  for (const { entry, receiveCount } of taken) {
    if (entry.state !== "inFlight" || entry.receiveCount !== receiveCount) continue;
    entry.receiveCount -= 1;
    if (entry.receiveCount === 0) entry.firstReceivedMs = undefined;
    queue.turn(entry, "ready", 0);
    broker.messages.place(entry);
  }
  broker.notifyWaiting(queue);
}

/** Moves a message on that was received as often as its queue allows; false when it may be received once more. */
function giveUp(broker: Broker, queue: Queue, entry: Entry): boolean {
  const { redrive } = queue.settings;
  if (!redrive || entry.receiveCount < redrive.maxReceiveCount) return false;
  const target = broker.queueOf(redrive.deadLetterTargetArn);
  if (!target) return false;
  queue.remove(entry);
  // The age counts from the first queue, and so does the number of receipts.
  target.add({ ...entry, state: "ready", visibleMs: 0 });
  broker.messages.moveToQueue(entry, target.name, queueArn(queue.name));
  broker.notifyWaiting(target);
  return true;
}
