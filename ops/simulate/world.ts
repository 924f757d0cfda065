import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import type { DeliveryRecord } from "../../shared/domain/attempts/delivery-record.ts";
import type { Outcome } from "../../shared/domain/attempts/retry-schedule.ts";
import type { HiddenMessage, QueueMessage } from "../../shared/queue/send-batch.ts";
import { CallCounter } from "./calls.ts";
import { VirtualClock } from "./clock.ts";
import { MemoryDatabase } from "./memory/memory-database.ts";
import { MemoryOutbox } from "./memory/memory-outbox.ts";
import { MemoryQueue, type QueueOptions } from "./memory/memory-queue.ts";

/** How a receiver answers one POST. */
export interface Answer {
  readonly latencyMs: number;
  readonly outcome: Outcome;
}

/** Who is told of what happens. */
export interface Observer {
  /** `atOnce`: how many POSTs to that webhook its environment has under way. */
  onPost(job: DeliveryJob, nowMs: number, atOnce: number): void;
  onReceived(job: DeliveryJob, nowMs: number): void;
  onRecord(record: Pick<DeliveryRecord, "webhookId" | "messageId" | "status">, nowMs: number): void;
  /** A body came to a dead-letter queue. */
  onDead(body: string, nowMs: number): void;
  onCrash(): void;
}

/** What the world is given. */
export interface Circumstances {
  readonly startMs: number;
  readonly random: () => number;
  readonly answer: (job: DeliveryJob, nowMs: number) => Answer;
  /** Asked in every call of a function: whether it dies there. */
  readonly crashes: () => boolean;
  /** Asked of every call: how many times the usual it takes. */
  readonly slowness: () => number;
  /** Asked of every call to a table but the outbox: whether DynamoDB takes it. */
  readonly tablesAreUp: () => boolean;
  /** Asked of every record that is handed out: whether SQS hands it out twice. */
  readonly duplicates: () => boolean;
  readonly observer: Observer;
}

/** What functions run on: time, tables, queues and receivers. Nothing in it runs by itself. */
export class World {
  readonly clock: VirtualClock;
  readonly calls = new CallCounter();
  /** Those of them that the sweeper makes, which do not depend on what is published. */
  readonly sweeps = new CallCounter();
  readonly database = new MemoryDatabase();
  readonly outbox = new MemoryOutbox();
  readonly observer: Observer;
  readonly random: () => number;
  readonly answer: Circumstances["answer"];
  readonly crashes: () => boolean;
  readonly slowness: () => number;
  readonly tablesAreUp: () => boolean;
  readonly duplicates: () => boolean;
  readonly #queues = new Map<string, MemoryQueue>();

  constructor({ startMs, observer, ...others }: Circumstances) {
    this.clock = new VirtualClock(startMs);
    this.observer = observer;
    this.random = others.random;
    this.answer = others.answer;
    this.crashes = others.crashes;
    this.slowness = others.slowness;
    this.tablesAreUp = others.tablesAreUp;
    this.duplicates = others.duplicates;
    this.database.table(tableNames.DELIVERIES_TABLE).onWrite = (row) => {
      if (!String(row.pk).startsWith("w/")) return;
      // Heads of deliveries are written by the delivery store alone.
      observer.onRecord(row as unknown as DeliveryRecord, this.clock.now());
    };
  }

  readonly randomBytes = (size: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => Math.floor(this.random() * 256));

  addQueue(url: string, options: Omit<QueueOptions, "onDead">): MemoryQueue {
    const onDead = (body: string) => this.observer.onDead(body, this.clock.now());
    const queue = new MemoryQueue(this.clock, { ...options, onDead });
    this.#queues.set(url, queue);
    return queue;
  }

  /** What SQS does with a batch: it takes all of it. */
  accept(url: string, batch: readonly QueueMessage[]): number[] {
    if (url === deadLettersUrl) {
      for (const { body } of batch) this.observer.onDead(body, this.clock.now());
      return [];
    }
    const queue = this.#queues.get(url);
    if (!queue) throw new Error(`there is no queue ${url}`);
    for (const message of batch) queue.send(message);
    return [];
  }

  showAgain(url: string, hidden: readonly HiddenMessage[]): void {
    for (const { receiptHandle, afterSeconds } of hidden) {
      this.#queues.get(url)?.hide(receiptHandle, afterSeconds);
    }
  }

  readyCount(url: string): number {
    return this.#queues.get(url)?.readyCount ?? 0;
  }

  depthOf(url: string): number {
    return this.#queues.get(url)?.depth ?? 0;
  }

  /** How many rows of a kind there are: what is parked, what is due. */
  countRows(kind: "park" | "due"): number {
    return this.database.table(tableNames.DELIVERIES_TABLE).count(kind);
  }
}

export const deadLettersUrl = "dead-letters";

/** Tables are called as the variables that name them. */
export const tableNames = {
  WEBHOOKS_TABLE: "WEBHOOKS_TABLE",
  MESSAGES_TABLE: "MESSAGES_TABLE",
  DELIVERIES_TABLE: "DELIVERIES_TABLE",
} as const;
