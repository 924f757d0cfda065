import TinyQueue from "tinyqueue";
import type { Entry } from "../actions/entry.ts";
import { createFairOrder } from "../messages/fair-order.ts";
import type { QueueAttributes, QueueSettings } from "./queue-settings.ts";

export interface QueueDefinition {
  name: string;
  attributes: QueueAttributes;
  settings: QueueSettings;
  createdMs: number;
  modifiedMs: number;
}

interface Timer {
  atMs: number;
  entry: Entry;
}

/** A queue's messages in memory: which are ready, which are delayed or in flight, and until when. */
export interface Queue {
  definition: QueueDefinition;
  readonly name: string;
  readonly settings: QueueSettings;
  /** In order of arrival. */
  readonly entries: Map<number, Entry>;
  readonly counts: Record<Entry["state"], number>;
  /** Takes in a message in the state that it brings. */
  add(entry: Entry): void;
  /** Puts a message into another state; `visibleMs` says until when it stays delayed or in flight. */
  turn(entry: Entry, state: Entry["state"], visibleMs: number): void;
  remove(entry: Entry): void;
  /** The next ready message, which is then the caller's to turn or remove. */
  next(): Entry | undefined;
  /** Makes ready whose time has come. */
  wake(nowMs: number): void;
  /** When the next delayed or received message becomes ready. */
  nextWakeMs(): number | undefined;
}

export function createQueue(definition: QueueDefinition): Queue {
  const entries = new Map<number, Entry>();
  const counts = { ready: 0, delayed: 0, inFlight: 0, gone: 0 };
  const order = createFairOrder();
  let timers = new TinyQueue<Timer>([], byTime);

  const arrange = (entry: Entry) => {
    if (entry.state === "gone") return;
    if (entry.state === "ready") {
      order.add(entry);
      return;
    }
    if (entry.state === "inFlight") order.weigh(entry, 1);
    timers.push({ atMs: entry.visibleMs, entry });
    // Deleted messages leave their timers behind; at thousands a second those would be most of the memory.
    if (timers.length > 2 * (counts.delayed + counts.inFlight) + 1024) {
      timers = new TinyQueue(timers.data.filter(isCurrent), byTime);
    }
  };

  const turn = (entry: Entry, state: Entry["state"], visibleMs: number) => {
    if (entry.state === "inFlight") order.weigh(entry, -1);
    counts[entry.state] -= 1;
    entry.state = state;
    entry.visibleMs = visibleMs;
    counts[state] += 1;
    arrange(entry);
  };

  return {
    definition,
    entries,
    counts,
    get name() {
      return this.definition.name;
    },
    get settings() {
      return this.definition.settings;
    },
    add(entry) {
      entries.set(entry.id, entry);
      counts[entry.state] += 1;
      arrange(entry);
    },
    turn,
    remove(entry) {
      turn(entry, "gone", 0);
      entries.delete(entry.id);
    },
    next: () => order.take(),
    wake(nowMs) {
      for (;;) {
        const timer = timers.peek();
        if (!timer || (timer.atMs > nowMs && isCurrent(timer))) return;
        timers.pop();
        if (isCurrent(timer)) turn(timer.entry, "ready", timer.atMs);
      }
    },
    nextWakeMs: () => timers.peek()?.atMs,
  };
}

function byTime(one: Timer, other: Timer): number {
  return one.atMs - other.atMs;
}

function isCurrent({ atMs, entry }: Timer): boolean {
  return (entry.state === "delayed" || entry.state === "inFlight") && entry.visibleMs === atMs;
}
