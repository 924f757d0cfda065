import type { Broker } from "../broker.ts";
import type { Queue } from "../queues/queue.ts";

/** Forgets messages that are older than the queue keeps them. */
export function dropExpired(broker: Broker, queue: Queue): void {
  const oldestMs = broker.now() - queue.settings.retentionSeconds * 1000;
  for (const entry of queue.entries.values()) {
    // Entries are in order of arrival, so the first that is young enough ends the search; a dead-letter queue, whose
    // messages bring their age along, may drop one later.
    if (entry.sentMs > oldestMs) return;
    queue.remove(entry);
    broker.messages.delete(entry);
  }
}
