import type { Level, Table } from "dynalite/db/index.js";
import { timeToLiveSetting } from "../actions/time-to-live-setting.ts";
import { expiryPrefix, indexKey, itemKey, tableKey } from "./row-keys.ts";

/** Deletes everything that a table left on disk. */
export async function eraseTable(level: Level, table: Table): Promise<void> {
  const { TableName: name, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  const prefixes = [
    itemKey(name, ""),
    expiryPrefix(name),
    ...GlobalSecondaryIndexes.map((index) => indexKey("global", name, index.IndexName, "")),
    ...LocalSecondaryIndexes.map((index) => indexKey("local", name, index.IndexName, "")),
  ];
  for (const prefix of prefixes) await level.clear({ gte: prefix, lt: `${prefix}\xff` });
  // The definition goes last: a deletion that was interrupted is found and finished by the next start.
  await level.batch([timeToLiveSetting(name, undefined), { type: "del", key: tableKey(name) }]);
}
