import type { VirtualClock } from "./simulate-clock.ts";

export interface QueueRecord<Body> {
  readonly body: Body;
  readonly group: string;
  receiveCount: number;
}

interface Options {
  readonly onReady: () => void;
  /** Records that kept failing. */
  readonly onDead: (body: unknown) => void;
}

const visibilityMs = 360_000;
const maxReceiveCount = 10;
/** A group is noisy when it holds more than this share of what is in flight. */
const noisyShare = 0.1;

/** An SQS queue: delays, visibility, a dead-letter queue, and fair turns between message groups. */
export class VirtualQueue<Body> {
  readonly #clock: VirtualClock;
  readonly #options: Options;
  readonly #ready = new Map<string, QueueRecord<Body>[]>();
  readonly #flying = new Map<string, number>();
  #readyCount = 0;
  #delayedCount = 0;
  #flyingCount = 0;

  constructor(clock: VirtualClock, options: Options) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Everything that the queue holds: ready, delayed and in flight. */
  get depth(): number {
    return this.#readyCount + this.#delayedCount + this.#flyingCount;
  }

  get readyCount(): number {
    return this.#readyCount;
  }

  send(body: Body, group: string, delayMs = 0): void {
    this.#appear({ body, group, receiveCount: 0 }, delayMs);
  }

  /** SQS delivers at least once: now and then a record is handed out while someone works on it. */
  duplicate(record: QueueRecord<Body>): void {
    this.#appear({ ...record, receiveCount: record.receiveCount - 1 }, 0);
  }

  receive(limit: number): QueueRecord<Body>[] {
    const batch: QueueRecord<Body>[] = [];
    while (batch.length < limit && this.#readyCount > 0) {
      const group = this.#nextGroup();
      const record = this.#takeFrom(group);
      record.receiveCount += 1;
      this.#flyingCount += 1;
      this.#flying.set(group, (this.#flying.get(group) ?? 0) + 1);
      batch.push(record);
    }
    return batch;
  }

  done(record: QueueRecord<Body>): void {
    this.#land(record);
  }

  /** The record stays invisible for the rest of its time-out, then it is handed out again or buried. */
  handBack(record: QueueRecord<Body>): void {
    this.#land(record);
    if (record.receiveCount >= maxReceiveCount) this.#options.onDead(record.body);
    else this.#appear(record, visibilityMs);
  }

  #appear(record: QueueRecord<Body>, delayMs: number): void {
    this.#delayedCount += 1;
    this.#clock.after(delayMs, () => {
      this.#delayedCount -= 1;
      this.#readyCount += 1;
      const waiting = this.#ready.get(record.group);
      if (waiting) waiting.push(record);
      else this.#ready.set(record.group, [record]);
      this.#options.onReady();
    });
  }

  /** The group whose turn it is; one that fills the consumers waits behind those that do not. */
  #nextGroup(): string {
    let noisy: string | undefined;
    for (const group of this.#ready.keys()) {
      if (!this.#isNoisy(group)) return group;
      noisy ??= group;
    }
    if (noisy === undefined) throw new Error("no group has anything ready");
    return noisy;
  }

  #isNoisy(group: string): boolean {
    return (this.#flying.get(group) ?? 0) > Math.max(1, this.#flyingCount * noisyShare);
  }

  #takeFrom(group: string): QueueRecord<Body> {
    const waiting = this.#ready.get(group) ?? [];
    const record = waiting.shift();
    if (!record) throw new Error("a group without records was left in its turn");
    // Behind the others, or away: a map keeps the order of insertion.
    this.#ready.delete(group);
    if (waiting.length > 0) this.#ready.set(group, waiting);
    this.#readyCount -= 1;
    return record;
  }

  #land({ group }: QueueRecord<Body>): void {
    this.#flyingCount -= 1;
    const left = (this.#flying.get(group) ?? 1) - 1;
    if (left === 0) this.#flying.delete(group);
    else this.#flying.set(group, left);
  }
}
