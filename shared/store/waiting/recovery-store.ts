import * as z from "zod/mini";
import { RecoveryRecord } from "../../domain/recovery/recovery-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { setting } from "../table/expression.ts";

/** What a step changes. */
export type RecoveryProgress = Pick<
  RecoveryRecord,
  "state" | "window" | "plan" | "matched" | "enqueued" | "endedTimeMs"
> & { readonly progressTimeMs: number };

export interface RecoveryStore {
  find(webhookId: string, jobId: string): Promise<RecoveryRecord | undefined>;
  /** Takes a step from `before`; answers false when another has taken it already. */
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
