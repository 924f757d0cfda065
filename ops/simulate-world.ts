import type { DeliveryJob } from "../shared/contract/delivery.ts";
import type { DeliveryRecord } from "../shared/domain/delivery-record.ts";
import type { Outcome } from "../shared/domain/verdict.ts";
import { CallCounter } from "./simulate-calls.ts";
import { VirtualClock } from "./simulate-clock.ts";
import { VirtualQueue } from "./simulate-queue.ts";
import { VirtualTables } from "./simulate-tables.ts";

/** A message of the retry queue that says: look at this webhook's breaker. */
export interface TickJob {
  readonly webhookId: string;
  readonly tick: number;
}

export interface Answer {
  readonly latencyMs: number;
  readonly outcome: Outcome;
  /** Whether it used up the whole deadline. */
  readonly isTimeout: boolean;
}

/** What the world is given, and what it reports. */
export interface Circumstances {
  readonly startMs: number;
  readonly schedule: readonly number[];
  readonly deliveryConcurrency: number;
  readonly random: () => number;
  readonly answer: (job: DeliveryJob, nowMs: number) => Answer;
  /** Asked between any two calls of a function: whether it dies there. */
  readonly crashes: () => boolean;
  /** Asked of every call: how many times the usual it takes. */
  readonly slowness: () => number;
  /** Asked of every record that is handed out: whether SQS hands it out twice. */
  readonly duplicates: () => boolean;
  readonly sweeperIsDown: (nowMs: number) => boolean;
  readonly onCrash: () => void;
  readonly onPost: (job: DeliveryJob, nowMs: number) => void;
  readonly onReceived: (job: DeliveryJob, nowMs: number) => void;
  readonly onRecord: (record: DeliveryRecord, nowMs: number) => void;
  readonly onDead: (body: unknown, nowMs: number) => void;
}

export interface World extends Circumstances {
  readonly clock: VirtualClock;
  readonly calls: CallCounter;
  readonly tables: VirtualTables;
  readonly deliveries: VirtualQueue<DeliveryJob>;
  /** First attempts at receivers that are slow. */
  readonly slow: VirtualQueue<DeliveryJob>;
  readonly retries: VirtualQueue<DeliveryJob | TickJob>;
}

export const maxRatePerSecond = 200;

/** The infrastructure, without anything that runs on it; `pump` is told of every record that is ready. */
export function makeWorld(
  circumstances: Circumstances,
  pump: (queue: "first" | "slow" | "retry") => void,
): World {
  const clock = new VirtualClock(circumstances.startMs);
  const onDead = (body: unknown) => circumstances.onDead(body, clock.nowMs);
  return {
    ...circumstances,
    clock,
    calls: new CallCounter(),
    tables: new VirtualTables((record) => circumstances.onRecord(record, clock.nowMs)),
    deliveries: new VirtualQueue(clock, { onReady: () => pump("first"), onDead }),
    slow: new VirtualQueue(clock, { onReady: () => pump("slow"), onDead }),
    retries: new VirtualQueue(clock, { onReady: () => pump("retry"), onDead }),
  };
}
