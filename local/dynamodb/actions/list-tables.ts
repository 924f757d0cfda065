import * as z from "zod/mini";
import { validationError } from "../engine/dynalite-error.ts";
import { tableKey } from "../engine/row-keys.ts";
import { rows } from "../engine/rows.ts";
import type { Tables } from "../engine/tables.ts";

const ListTablesInput = z.object({
  ExclusiveStartTableName: z._default(z.string(), ""),
  Limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 100),
});

/** ListTables; dynalite's own reads every row of the database. */
export async function listTables({ level }: Tables, input: object): Promise<object> {
  const parsed = ListTablesInput.safeParse(input);
  if (!parsed.success) throw validationError(z.prettifyError(parsed.error));
  const { ExclusiveStartTableName, Limit } = parsed.data;
  const names: string[] = [];
  const range = { gt: tableKey(ExclusiveStartTableName), lt: tableKey("\xff") };
  for await (const [key] of rows(level, range)) {
    if (names.length === Limit) return { TableNames: names, LastEvaluatedTableName: names.at(-1) };
    names.push(key.slice(tableKey("").length));
  }
  return { TableNames: names };
}
