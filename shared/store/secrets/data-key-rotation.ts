import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { type Key, keys } from "../keys.ts";
import { transact } from "../table/database.ts";
import { openTable } from "../table/table.ts";
import { CurrentKey, firstKeyNumber, generateKey } from "./vault.ts";

/** Which data keys there are. */
export interface DataKeys {
  /** Of the one that seals. */
  readonly current: number;
  /** When the rotation to it began, while that is under way. */
  readonly startedTimeMs: number | undefined;
  /** Of all, in rising order. */
  readonly numbers: readonly number[];
}

/** What rotates the data key; for an operator's program, since no function may write the current number. */
export interface DataKeyRotation {
  read(): Promise<DataKeys>;
  /** Makes the next key and has it seal from now on, at once or not at all. */
  begin(before: DataKeys, nowMs: number): Promise<DataKeys>;
  /** Deletes every older key, if this rotation still is the one under way. */
  finish(rotation: DataKeys): Promise<void>;
}

const rotatedElsewhere = "somebody else is rotating the data key; run again when that is done";

export function openDataKeyRotation(): DataKeyRotation {
  const table = openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);

  const read = async (): Promise<DataKeys> => {
    const { pk, prefix } = keys.dataKeys;
    const numbers: number[] = [];
    let after: string | undefined;
    do {
      const page = await table.query({ pk, prefix, after });
      numbers.push(...page.rows.map(({ sk }) => Number(String(sk).slice(prefix.length))));
      after = page.last;
    } while (after !== undefined);
    numbers.sort((a, b) => a - b);
    const row = await table.get(keys.currentDataKey);
    const { keyNumber, startedTimeMs } = row
      ? z.parse(CurrentKey, row)
      : { keyNumber: firstKeyNumber };
    return { current: keyNumber, startedTimeMs, numbers };
  };

  return {
    read,
    async begin({ current, numbers }, nowMs) {
      const next = Math.max(current, ...numbers) + 1;
      const { wrapped } = await generateKey();
      const lost = await transact([
        table.putting(
          { ...keys.dataKey(next), v: 1, wrapped },
          { text: "attribute_not_exists(pk)" },
        ),
        table.putting(
          { ...keys.currentDataKey, v: 1, keyNumber: next, startedTimeMs: nowMs },
          {
            text: "attribute_not_exists(pk) OR (keyNumber = :current AND attribute_not_exists(startedTimeMs))",
            values: { ":current": current },
          },
        ),
      ]);
      if (lost) throw new Error(rotatedElsewhere);
      return { current: next, startedTimeMs: nowMs, numbers: [...numbers, next] };
    },
    async finish({ current, startedTimeMs, numbers }) {
      const older: Key[] = numbers.filter((number) => number < current).map(keys.dataKey);
      const lost = await transact([
        table.updating(
          keys.currentDataKey,
          { text: "REMOVE startedTimeMs" },
          {
            text: "keyNumber = :current AND startedTimeMs = :started",
            values: { ":current": current, ":started": startedTimeMs },
          },
        ),
        ...older.map((key) => table.deleting(key)),
      ]);
      if (!lost) return;
      const now = await read();
      const isDone = now.current === current && now.startedTimeMs === undefined;
      if (!isDone) throw new Error(rotatedElsewhere);
    },
  };
}
