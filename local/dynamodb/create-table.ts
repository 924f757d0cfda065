import { setImmediate as nextTurn } from "node:timers/promises";
import createTableAction from "dynalite/actions/createTable.js";
import type { Table } from "dynalite/db/index.js";
import rules from "dynalite/validations/createTable.js";
import { tableKey } from "./row-keys.ts";
import { runAction } from "./run-action.ts";
import type { Tables } from "./tables.ts";
import { validated } from "./validated.ts";

/** CreateTable; when it answers the table is active, so nobody needs AWS's slow waiters. */
export async function createTable(tables: Tables, input: object): Promise<object> {
  // The rules have just checked that there is a name.
  const data = validated(rules, input, tables.store) as { TableName: string };
  const output = await runAction(createTableAction, tables.store, data);
  while (status(tables, data.TableName) === "CREATING") await nextTurn();
  return output;
}

function status({ level }: Tables, tableName: string): string | undefined {
  const table = level.getSync(tableKey(tableName)) as Table | undefined; // what rows of this key hold
  return table?.TableStatus;
}
