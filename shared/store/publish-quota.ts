import * as z from "zod/mini";
import { AppError } from "../domain/app-error.ts";
import { readEnv } from "../runtime/env.ts";
import { type Database, dynamoDatabase } from "./database.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

export interface PublishQuota {
  /** Counts so many publishes of a key in this minute; throws when they are more than it has left. */
  take(keyId: string, howMany: number, nowMs: number): Promise<void>;
}

/** What this environment may still let through for a key in one minute. */
interface Lease {
  readonly minute: number;
  left: number;
  /** The deployment has no more for this minute: there is nothing to ask for. */
  isLast: boolean;
}

const minuteMs = 60_000;
/** A key's minute costs about so many writes at most, however many publishes and environments share it. */
const blocksPerMinute = 50;
const rowLifetimeSeconds = 3600;
const CounterRow = z.object({ count: z.int() });

/**
 * Publishes per key and minute. Each environment takes a block of them ahead of need, so that most
 * publishes write nothing; what it leaves unused when the minute ends is lost to the others.
 */
export function openPublishQuota(database: Database = dynamoDatabase): PublishQuota {
  const env = readEnv("MESSAGES_TABLE", "PUBLISHES_PER_KEY_PER_MINUTE");
  const perMinute = env.PUBLISHES_PER_KEY_PER_MINUTE;
  const block = Math.ceil(perMinute / blocksPerMinute);
  const table = database.open(env.MESSAGES_TABLE);
  const leases = new Map<string, Lease>();

  return {
    async take(keyId, howMany, nowMs) {
      if (perMinute === 0) return;
      const minute = Math.floor(nowMs / minuteMs);
      const known = leases.get(keyId);
      const lease = known?.minute === minute ? known : { minute, left: 0, isLast: false };
      leases.set(keyId, lease);

      const missing = howMany - lease.left;
      if (missing > 0 && !lease.isLast) {
        const wanted = Math.max(missing, block);
        const granted = await grant(table, { keyId, minute, wanted, perMinute });
        lease.left += granted;
        lease.isLast = granted < wanted;
      }
      if (lease.left < howMany) {
        const message = `a key publishes at most ${perMinute} messages a minute`;
        throw new AppError("LIMIT_EXCEEDED_ERROR", message);
      }
      lease.left -= howMany;
    },
  };
}

interface Wish {
  readonly keyId: string;
  readonly minute: number;
  readonly wanted: number;
  readonly perMinute: number;
}

/** Adds the wish to the key's counter, unless that is full. Answers how much of it lies within the quota. */
async function grant(table: Table, { keyId, minute, wanted, perMinute }: Wish): Promise<number> {
  const row = await table.update(
    keys.publishQuota(keyId, minute),
    {
      text: "ADD #count :wanted SET expiresAt = :expiresAt",
      names: { "#count": "count" },
      values: { ":wanted": wanted, ":expiresAt": minute * 60 + rowLifetimeSeconds },
    },
    { text: "attribute_not_exists(#count) OR #count < :most", values: { ":most": perMinute } },
  );
  if (!row) return 0;
  const { count } = z.parse(CounterRow, row);
  return Math.max(0, wanted - Math.max(0, count - perMinute));
}
