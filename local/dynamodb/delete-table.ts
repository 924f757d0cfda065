import type { Level, Table } from "dynalite/db/index.js";
import { expiryPrefix, indexKey, itemKey, tableKey } from "./row-keys.ts";
import { activeTable, type Tables } from "./tables.ts";
import { timeToLiveSetting } from "./time-to-live-setting.ts";

/** DeleteTable; when it answers the table is gone. */
export async function deleteTable(tables: Tables, tableName: string): Promise<object> {
  const table: Table = { ...activeTable(tables, tableName), TableStatus: "DELETING" };
  tables.known.delete(tableName);
  tables.timeToLive.delete(tableName);
  await tables.level.batch([{ type: "put", key: tableKey(tableName), value: table }]);
  // Writers that had already found the table finish first, so that none leaves a row behind.
  await tables.ledger.settled();
  await eraseTable(tables.level, table);
  return { TableDescription: table };
}

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
