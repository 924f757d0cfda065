import type { Table } from "dynalite/db/index.js";
import { eraseTable } from "../engine/erase-table.ts";
import { tableKey } from "../engine/row-keys.ts";
import { activeTable, type Tables } from "../engine/tables.ts";

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
