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
  isDeleted: boolean;
}

/** One hand-out of a record. */
export interface Receipt {
  readonly record: QueueRecord;
  readonly receipt: number;
}

interface Clock {
  now(): number;
  after(ms: number, happen: () => void): unknown;
}

interface Options {
  readonly visibilityMs: number;
  readonly maxReceiveCount: number;
  readonly onReady?: () => void;
  /** Records that were handed out too often. */
  readonly onDead?: (body: string) => void;
}

/** An SQS queue: delays, visibility, receive counts, a dead-letter queue, and fair turns between groups. */
export class MemoryQueue {
  readonly #clock: Clock;
  readonly #options: Options;
  readonly #ready = new FairOrder<QueueRecord>();
  #sent = 0;
  /** Everything that the queue holds: ready, delayed and in flight. */
  depth = 0;

  constructor(clock: Clock, options: Options) {
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
      if (record.receiveCount >= this.#options.maxReceiveCount) this.#bury(record);
      else received.push(this.#handOut(record));
    }
    return received;
  }

  /** SQS delivers at least once: now and then a record is ready again while someone works on it. */
  duplicate({ record }: Receipt): void {
    this.depth += 1;
    this.#appear({ ...record, receiveCount: record.receiveCount - 1 });
  }

  delete({ record, receipt }: Receipt): void {
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
    // What is not deleted by then is handed out again: whoever holds it died, or gave it back.
    this.#clock.after(this.#options.visibilityMs, () => {
      if (record.isDeleted || record.receipt !== receipt) return;
      record.receipt += 1;
      this.#ready.weigh(record, -1);
      this.#appear(record);
    });
    return { record, receipt };
  }

  #bury(record: QueueRecord): void {
    record.isDeleted = true;
    this.depth -= 1;
    this.#options.onDead?.(record.body);
  }

  #appear(record: QueueRecord): void {
    this.#ready.add(record);
    this.#options.onReady?.();
  }
}
