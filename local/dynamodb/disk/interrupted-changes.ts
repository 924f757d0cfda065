import type { Level, Table } from "dynalite/db/index.js";
import { eraseTable } from "../engine/erase-table.ts";
import { tableKey } from "../engine/row-keys.ts";
import { rows } from "../engine/rows.ts";

/** A process that was killed in the middle of a table's change would leave it half changed for ever. */
export async function finishInterruptedChanges(level: Level): Promise<void> {
  for await (const [key, value] of rows(level, { gt: tableKey(""), lt: tableKey("\xff") })) {
    const table = value as Table; // what rows in this range hold
    if (table.TableStatus === "DELETING") await eraseTable(level, table);
    if (table.TableStatus !== "CREATING" && table.TableStatus !== "UPDATING") continue;
    await level.batch([{ type: "put", key, value: activated(table) }]);
  }
}

function activated(table: Table): Table {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({
    ...index,
    IndexStatus: "ACTIVE",
  }));
  return {
    ...table,
    TableStatus: "ACTIVE",
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
  };
}
