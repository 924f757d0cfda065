import { AppError } from "../../domain/app-error.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

export interface TestRate {
  /** Counts one test event of a key; throws when they come faster than a key may send them. */
  take(keyId: string, nowMs: number): Promise<void>;
}

const intervalMs = 1_000;
const burst = 5;
/** Further ahead than any two clocks are apart: what says so was written before a clock jumped back. */
const absurdMs = 60_000;
const rowLifetimeSeconds = 3_600;

/**
 * A token bucket of each key, as one time: when it will be full again. Each test moves it ahead by the time
 * that one token takes. No write reads first, so those that come at once are counted one behind the other.
 */
export function openTestRate(database: Database = dynamoDatabase): TestRate {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);

  return {
    async take(keyId, nowMs) {
      const key = keys.testRate(keyId);
      const expiresAt = Math.ceil(nowMs / 1_000) + rowLifetimeSeconds;
      const fromFull = await table.update(
        key,
        {
          text: "SET fullTimeMs = :next, expiresAt = :expiresAt",
          values: { ":next": nowMs + intervalMs, ":expiresAt": expiresAt },
        },
        {
          text: "attribute_not_exists(fullTimeMs) OR fullTimeMs <= :now OR fullTimeMs > :absurd",
          values: { ":now": nowMs, ":absurd": nowMs + burst * intervalMs + absurdMs },
        },
      );
      if (fromFull) return;
      const fromRest = await table.update(
        key,
        {
          text: "SET fullTimeMs = fullTimeMs + :interval, expiresAt = :expiresAt",
          values: { ":interval": intervalMs, ":expiresAt": expiresAt },
        },
        { text: "fullTimeMs <= :latest", values: { ":latest": nowMs + (burst - 1) * intervalMs } },
      );
      if (fromRest) return;
      const message = `a key sends at most one test event a second, and ${burst} at once`;
      throw new AppError("LIMIT_EXCEEDED_ERROR", message, { retryAfterSeconds: 1 });
    },
  };
}
