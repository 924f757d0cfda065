import { randomBytes } from "node:crypto";
import { type Sender, sqsSender } from "../queue/send-batch.ts";
import { realTimers, type Timers } from "../runtime/timers.ts";
import { type Database, dynamoDatabase } from "../store/table/database.ts";

/** What publishing and delivering run on. */
export interface Platform {
  readonly database: Database;
  readonly sender: Sender;
  readonly timers: Timers;
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}

export const aws: Platform = {
  database: dynamoDatabase,
  sender: sqsSender,
  timers: realTimers,
  now: Date.now,
  random: Math.random,
  randomBytes,
};
