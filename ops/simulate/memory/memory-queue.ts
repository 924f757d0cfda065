import type { QueueMessage } from "../../../shared/queue/send-batch.ts";
import { FairOrder } from "./fair-order.ts";

export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentTimeMs: number;
  readonly number: number;
  /** How often it was handed out. */
  receiveCount: number;
  /** Which hand-out holds it; another one gives it up to nobody. */
  receipt: number;
  /** Until when that hand-out keeps it from others. */
  hiddenUntilMs: number;
  isDeleted: boolean;
}

/** One hand-out of a record. */
export interface Receipt {
  readonly record: QueueRecord;
  readonly receipt: number;
  /** Names the hand-out. */
  readonly handle: string;
}

interface Clock {
  now(): number;
  after(ms: number, happen: () => void): unknown;
}

export interface QueueOptions {
  readonly visibilityMs: number;
  readonly maxReceiveCount: number;
  readonly onReady?: () => void;
  /** Records that were handed out too often. */
  readonly onDead?: (body: string) => void;
}

/** An SQS queue: delays, visibility, receive counts, a dead-letter queue, and fair turns between groups. */
export class MemoryQueue {
  readonly #clock: Clock;
  readonly #options: QueueOptions;
  readonly #ready = new FairOrder<QueueRecord>();
  /** What is handed out, by its handle. */
  readonly #hidden = new Map<string, QueueRecord>();
  #sent = 0;
  #handedOut = 0;
  /** Everything that the queue holds: ready, delayed and in flight. */
  depth = 0;

  constructor(clock: Clock, options: QueueOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  get readyCount(): number {
    return this.#ready.size;
  }

  send({ body, group, delaySeconds = 0 }: QueueMessage): void {
    this.#sent += 1;
    const record: QueueRecord = {
      messageId: String(this.#sent),
      body,
      group,
      sentTimeMs: this.#clock.now(),
      number: this.#sent,
      receiveCount: 0,
      receipt: 0,
      hiddenUntilMs: 0,
      isDeleted: false,
    };
    this.depth += 1;
    if (delaySeconds > 0) this.#clock.after(delaySeconds * 1000, () => this.#appear(record));
    else this.#appear(record);
  }

  receive(limit: number): Receipt[] {
    const received: Receipt[] = [];
    while (received.length < limit) {
      const record = this.#ready.take();
      if (!record) break;
      if (record.isDeleted) continue;
      if (record.receiveCount >= this.#options.maxReceiveCount) this.#deadLetter(record);
      else received.push(this.#handOut(record));
    }
    return received;
  }

  /** SQS delivers at least once: now and then a record is ready again while someone works on it. */
  duplicate({ record }: Receipt): void {
    this.depth += 1;
    this.#appear({ ...record, receiveCount: record.receiveCount - 1 });
  }

  /** Keeps a message that is handed out from others for so long from now on. */
  hide(handle: string, seconds: number): void {
    const record = this.#hidden.get(handle);
    if (record) this.#hideUntil(record, handle, this.#clock.now() + seconds * 1000);
  }

  delete({ record, receipt, handle }: Receipt): void {
    this.#hidden.delete(handle);
    if (record.isDeleted) return;
    record.isDeleted = true;
    this.depth -= 1;
    if (record.receipt === receipt) this.#ready.weigh(record, -1);
  }

  #handOut(record: QueueRecord): Receipt {
    record.receiveCount += 1;
    record.receipt += 1;
    const { receipt } = record;
    this.#ready.weigh(record, 1);
    // A copy has the id and the count of its original: neither names the hand-out.
    this.#handedOut += 1;
    const handle = String(this.#handedOut);
    this.#hidden.set(handle, record);
    this.#hideUntil(record, handle, this.#clock.now() + this.#options.visibilityMs);
    return { record, receipt, handle };
  }

  /** What is not deleted by then is handed out again: whoever holds it died, or gave it back. */
  #hideUntil(record: QueueRecord, handle: string, untilMs: number): void {
    record.hiddenUntilMs = untilMs;
    this.#clock.after(untilMs - this.#clock.now(), () => {
      if (record.hiddenUntilMs !== untilMs || !this.#hidden.delete(handle)) return;
      if (record.isDeleted) return;
      record.receipt += 1;
      this.#ready.weigh(record, -1);
      this.#appear(record);
    });
  }

  #deadLetter(record: QueueRecord): void {
    record.isDeleted = true;
    this.depth -= 1;
    this.#options.onDead?.(record.body);
  }

  #appear(record: QueueRecord): void {
    this.#ready.add(record);
    this.#options.onReady?.();
  }
}
