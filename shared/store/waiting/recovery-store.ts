import * as z from "zod/mini";
import { RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import { RunningRecovery } from "../../domain/recovery/running-recovery.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { type Expression, setting } from "../table/rows.ts";
import { conflict } from "../table/table.ts";

/** What a step changes. */
export type RecoveryProgress = Pick<
  RecoveryRecord,
  "state" | "window" | "plan" | "matched" | "enqueued" | "endedTimeMs"
> & { readonly progressTimeMs: number };

export interface RecoveryStore {
  find(webhookId: string, jobId: string): Promise<RecoveryRecord | undefined>;
  /** Takes a step from `before`; returns false when another has taken it already. */
  advance(before: RecoveryRecord, progress: RecoveryProgress): Promise<boolean>;
}

/** Jobs lie in the deliveries table: who recovers deliveries need not be able to write webhooks. */
export function openRecoveryStore(database: Database = dynamoDatabase): RecoveryStore {
  const table = database.open(readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE);

  return {
    async find(webhookId, jobId) {
      const row = await table.get(keys.recovery(webhookId, jobId));
      return row && z.parse(RecoveryRecord, row);
    },
    async advance({ webhookId, jobId, step }, progress) {
      const row = await table.update(
        keys.recovery(webhookId, jobId),
        setting({ ...progress, step: step + 1 }),
        { text: "#step = :before", values: { ":before": step } },
      );
      return row !== undefined;
    },
  };
}

/** Who holds the slots that a recovery needs: its webhook's only one, and one of its cache's few. */
export interface Slots {
  readonly ofWebhook: RunningRecovery | undefined;
  readonly ofCache: readonly RunningRecovery[];
  /** Counts the changes of the cache's slots. */
  readonly version: number;
}

interface Start {
  readonly job: RecoveryRecord;
  readonly cacheName: string;
  /** As they were read. */
  readonly slots: Slots;
  /** The others of the cache that keep theirs. */
  readonly others: readonly RunningRecovery[];
  /** Jobs that are still marked as running and never will go on. */
  readonly abandoned: readonly RecoveryRecord[];
}

export interface RecoverySlots {
  read(webhookId: string, cacheName: string): Promise<Slots>;
  /** Stores a job together with its slots, and stops the abandoned ones, or does nothing of all that. */
  start(start: Start): Promise<"started" | typeof conflict>;
}

const CacheRow = z.object({ version: z.int(), running: z.array(RunningRecovery) });

/**
 * Nobody gives a slot back: it is free when its job is no longer at work, whether that ended, was stopped or died.
 * So what a crash leaves behind locks nothing for good.
 */
export function openRecoverySlots(database: Database = dynamoDatabase): RecoverySlots {
  const table = database.open(readEnv("DELIVERIES_TABLE").DELIVERIES_TABLE);

  return {
    async read(webhookId, cacheName) {
      const [slot, row] = await Promise.all([
        table.get(keys.recoverySlot(webhookId)),
        table.get(keys.cacheRecoveries(cacheName)),
      ]);
      const { version, running } = row ? z.parse(CacheRow, row) : { version: 0, running: [] };
      const ofWebhook = slot && z.parse(RunningRecovery, slot);
      return { ofWebhook, ofCache: running, version };
    },
    async start({ job, cacheName, slots, others, abandoned }) {
      const { webhookId, jobId, startedTimeMs, expiresAt } = job;
      const running = { webhookId, jobId };
      const cacheRow = {
        ...keys.cacheRecoveries(cacheName),
        ...{ v: 1, version: slots.version + 1, running: [...others, running], expiresAt },
      };
      const lost = await database.transact([
        table.putting({ ...keys.recovery(webhookId, jobId), ...job }),
        table.putting(
          { ...keys.recoverySlot(webhookId), v: 1, ...running, expiresAt },
          isStill("jobId", slots.ofWebhook?.jobId),
        ),
        table.putting(cacheRow, isStill("version", slots.version || undefined)),
        ...abandoned.map((old) =>
          table.updating(
            keys.recovery(old.webhookId, old.jobId),
            // As if a step had been taken: one that comes back after all finds that it is not its turn.
            setting({ state: "stopped", plan: [], endedTimeMs: startedTimeMs, step: old.step + 1 }),
            { text: "#step = :before", values: { ":before": old.step } },
          ),
        ),
      ]);
      return lost ? conflict : "started";
    },
  };
}

/** That an attribute is as it was read, or still missing. */
function isStill(name: string, value: string | number | undefined): Expression {
  const names = { "#guard": name };
  return value === undefined
    ? { text: "attribute_not_exists(#guard)", names }
    : { text: "#guard = :guard", names, values: { ":guard": value } };
}
