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
export class Queue {
  definition: QueueDefinition;
  /** In order of arrival. */
  readonly entries = new Map<number, Entry>();
  readonly counts = { ready: 0, delayed: 0, inFlight: 0, gone: 0 };
  readonly #order = createFairOrder();
  #timers = new TinyQueue<Timer>([], byTime);

  constructor(definition: QueueDefinition) {
    this.definition = definition;
  }

  get name(): string {
    return this.definition.name;
  }

  get settings(): QueueSettings {
    return this.definition.settings;
  }

  /** Takes in a message in the state that it brings. */
  add(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.counts[entry.state] += 1;
    this.#arrange(entry);
  }

  /** Puts a message into another state; `visibleMs` says until when it stays delayed or in flight. */
  turn(entry: Entry, state: Entry["state"], visibleMs: number): void {
    if (entry.state === "inFlight") this.#order.weigh(entry, -1);
    this.counts[entry.state] -= 1;
    entry.state = state;
    entry.visibleMs = visibleMs;
    this.counts[state] += 1;
    this.#arrange(entry);
  }

  remove(entry: Entry): void {
    this.turn(entry, "gone", 0);
    this.entries.delete(entry.id);
  }

  /** The next ready message, which is then the caller's to turn or remove. */
  next(): Entry | undefined {
    return this.#order.take();
  }

  /** Makes ready whose time has come. */
  wake(nowMs: number): void {
    for (;;) {
      const timer = this.#timers.peek();
      if (!timer || (timer.atMs > nowMs && isCurrent(timer))) return;
      this.#timers.pop();
      if (isCurrent(timer)) this.turn(timer.entry, "ready", timer.atMs);
    }
  }

  /** When the next delayed or received message becomes ready. */
  nextWakeMs(): number | undefined {
    return this.#timers.peek()?.atMs;
  }

  #arrange(entry: Entry): void {
    if (entry.state === "gone") return;
    if (entry.state === "ready") {
      this.#order.add(entry);
      return;
    }
    if (entry.state === "inFlight") this.#order.weigh(entry, 1);
    this.#timers.push({ atMs: entry.visibleMs, entry });
    // Deleted messages leave their timers behind; at thousands a second those would be most of the memory.
    if (this.#timers.length > 2 * (this.counts.delayed + this.counts.inFlight) + 1024) {
      this.#timers = new TinyQueue(this.#timers.data.filter(isCurrent), byTime);
    }
  }
}

function byTime(one: Timer, other: Timer): number {
  return one.atMs - other.atMs;
}

function isCurrent({ atMs, entry }: Timer): boolean {
  return (entry.state === "delayed" || entry.state === "inFlight") && entry.visibleMs === atMs;
}
