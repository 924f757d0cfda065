import type { Item, Operation } from "dynalite/db/index.js";
import * as z from "zod/mini";
import { validationError } from "../engine/dynalite-error.ts";
import { expirySeconds } from "../engine/item-rows.ts";
import { expiryKey, expiryPrefix, itemKey } from "../engine/row-keys.ts";
import { rows } from "../engine/rows.ts";
import { activeTable, type Tables } from "../engine/tables.ts";
import { timeToLiveSetting } from "./time-to-live-setting.ts";

const UpdateTimeToLiveInput = z.object({
  TableName: z.string(),
  TimeToLiveSpecification: z.object({
    AttributeName: z.string().check(z.minLength(1), z.maxLength(255)),
    Enabled: z.boolean(),
  }),
});

export function describeTimeToLive(tables: Tables, tableName: string): object {
  activeTable(tables, tableName);
  const attribute = tables.timeToLive.get(tableName);
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: attribute },
  };
}

/** UpdateTimeToLive; at once where AWS takes up to an hour. */
export async function updateTimeToLive(tables: Tables, input: object): Promise<object> {
  const parsed = UpdateTimeToLiveInput.safeParse(input);
  if (!parsed.success) throw validationError(z.prettifyError(parsed.error));
  const { TableName, TimeToLiveSpecification: specification } = parsed.data;
  const { AttributeName: attribute, Enabled: enabled } = specification;
  activeTable(tables, TableName);
  const current = tables.timeToLive.get(TableName);
  if (enabled && current !== undefined) throw validationError("TimeToLive is already enabled");
  if (!enabled && current === undefined) throw validationError("TimeToLive is already disabled");
  if (enabled) await enable(tables, TableName, attribute);
  else await disable(tables, TableName);
  return { TimeToLiveSpecification: specification };
}

async function enable(tables: Tables, tableName: string, attribute: string): Promise<void> {
  const { level, ledger, timeToLive } = tables;
  // Items written from here on bring their expiry row with them; the older ones get theirs below.
  timeToLive.set(tableName, attribute);
  const prefix = itemKey(tableName, "");
  for await (const [row] of rows(level, { gte: prefix, lt: `${prefix}\xff` })) {
    ledger.stage(expiryRow(tableName, row.slice(prefix.length), ledger.newest(row), attribute));
  }
  // The setting goes last: who was interrupted starts again from the beginning.
  ledger.stage([timeToLiveSetting(tableName, attribute)]);
  await ledger.settled();
}

function expiryRow(
  tableName: string,
  key: string,
  item: Item | undefined,
  attribute: string,
): Operation[] {
  const seconds = expirySeconds(item, attribute);
  if (seconds === undefined) return [];
  return [{ type: "put", key: expiryKey(tableName, seconds, key), value: key }];
}

async function disable({ level, ledger, timeToLive }: Tables, tableName: string): Promise<void> {
  timeToLive.delete(tableName);
  ledger.stage([timeToLiveSetting(tableName, undefined)]);
  await ledger.settled();
  const prefix = expiryPrefix(tableName);
  await level.clear({ gte: prefix, lt: `${prefix}\xff` });
}
