import { setImmediate as nextTurn } from "node:timers/promises";
import createTableAction from "dynalite/actions/createTable.js";
import type { Table } from "dynalite/db/index.js";
import rules from "dynalite/validations/createTable.js";
import { tableKey } from "../engine/row-keys.ts";
import type { Tables } from "../engine/tables.ts";
import { validated } from "../engine/validated.ts";
import { runAction } from "./run-action.ts";

const activeWithinMs = 5_000;

/** CreateTable; when it answers the table is active, so nobody needs AWS's slow waiters. */
export async function createTable(tables: Tables, input: object): Promise<object> {
  // The rules have just checked that there is a name.
  const data = validated(rules, input, tables.store) as { TableName: string };
  return await tables.disk.write(async (store) => {
    const output = await runAction(createTableAction, store, data);
    const untilMs = performance.now() + activeWithinMs;
    while (status(tables, data.TableName) === "CREATING") {
      // dynalite writes this a moment later, and tells nobody when it could not.
      if (performance.now() > untilMs) throw new Error(`${data.TableName} did not become active`);
      await nextTurn();
    }
    return output;
  });
}

function status({ level }: Tables, tableName: string): string | undefined {
  const table = level.getSync(tableKey(tableName)) as Table | undefined; // what rows of this key hold
  return table?.TableStatus;
}
