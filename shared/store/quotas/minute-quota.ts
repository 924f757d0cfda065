import * as z from "zod/mini";
import { AppError } from "../../domain/app-error.ts";
import type { Key } from "../keys.ts";
import type { Table } from "../table/table.ts";

export interface MinuteQuota {
  /** Counts so many of a name in this minute; throws when they are more than it has left. */
  take(name: string, howMany: number, nowMs: number): Promise<void>;
}

interface Limit {
  readonly perMinute: number;
  /** How many an environment takes ahead of need; what it leaves unused is lost to the others. */
  readonly block: number;
  readonly keyOf: (name: string, minute: number) => Key;
  /** What whoever has used it up is told. */
  readonly message: string;
}

/** What this environment may still let through for a name in one minute. */
interface Lease {
  readonly minute: number;
  left: number;
  /** The deployment has no more for this minute: there is nothing to ask for. */
  isLast: boolean;
}

const minuteMs = 60_000;
const rowLifetimeSeconds = 3600;
const CounterRow = z.object({ count: z.int() });

/** A count per name and minute, in a row that all environments share. */
export function openMinuteQuota(table: Table, limit: Limit): MinuteQuota {
  const leases = new Map<string, Lease>();

  return {
    async take(name, howMany, nowMs) {
      const minute = Math.floor(nowMs / minuteMs);
      const known = leases.get(name);
      const lease = known?.minute === minute ? known : { minute, left: 0, isLast: false };
      leases.set(name, lease);

      const missing = howMany - lease.left;
      if (missing > 0 && !lease.isLast) {
        const wanted = Math.max(missing, limit.block);
        const granted = await grant(table, limit, limit.keyOf(name, minute), minute, wanted);
        lease.left += granted;
        lease.isLast = granted < wanted;
      }
      if (lease.left < howMany) {
        const retryAfterSeconds = Math.ceil(((minute + 1) * minuteMs - nowMs) / 1000);
        throw new AppError("LIMIT_EXCEEDED_ERROR", limit.message, { retryAfterSeconds });
      }
      lease.left -= howMany;
    },
  };
}

/** Adds what is wanted to the counter, unless that is full. Returns how much of it lies within the quota. */
async function grant(
  table: Table,
  { perMinute }: Limit,
  key: Key,
  minute: number,
  wanted: number,
): Promise<number> {
  const row = await table.update(
    key,
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
