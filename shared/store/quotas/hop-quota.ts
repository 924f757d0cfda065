import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { type MinuteQuota, openMinuteQuota } from "./minute-quota.ts";

/** Forwarded messages per cache and minute. */
export type HopQuota = MinuteQuota;

/** Few, so that an environment leaves little unused: there are not many to be had. */
const blocksPerMinute = 1000;

export function openHopQuota(database: Database = dynamoDatabase): HopQuota {
  const env = readEnv("MESSAGES_TABLE", "HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE");
  const perMinute = env.HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE;
  return openMinuteQuota(database.open(env.MESSAGES_TABLE), {
    perMinute,
    block: Math.ceil(perMinute / blocksPerMinute),
    keyOf: keys.hopQuota,
    message: `a cache takes at most ${perMinute} forwarded messages a minute`,
  });
}
