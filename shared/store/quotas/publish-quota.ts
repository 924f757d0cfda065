import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { type MinuteQuota, openMinuteQuota } from "./minute-quota.ts";

/** Publishes per key and minute. */
export type PublishQuota = MinuteQuota;

/** A key's minute costs about so many writes at most, however many publishes and environments share it. */
const blocksPerMinute = 50;

/** Environments take publishes in blocks, ahead of need, so that most publishes write nothing. */
export function openPublishQuota(database: Database = dynamoDatabase): PublishQuota {
  const env = readEnv("MESSAGES_TABLE", "PUBLISHES_PER_KEY_PER_MINUTE");
  const perMinute = env.PUBLISHES_PER_KEY_PER_MINUTE;
  if (perMinute === 0) return { take: async () => {} };
  return openMinuteQuota(database.open(env.MESSAGES_TABLE), {
    perMinute,
    block: Math.ceil(perMinute / blocksPerMinute),
    keyOf: keys.publishQuota,
    message: `a key publishes at most ${perMinute} messages a minute`,
  });
}
