import type { Index, Table } from "dynalite/db/index.js";
import * as z from "zod/mini";
import { tableArn } from "../../aws/arn.ts";
import { validationError } from "../engine/dynalite-error.ts";
import { indexOperations } from "../engine/index-rows.ts";
import { indexKey, itemKey, tableKey } from "../engine/row-keys.ts";
import { rows } from "../engine/rows.ts";
import { activeTable, type Tables } from "../engine/tables.ts";

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));

const NewIndex = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({
    ProjectionType: z.string(),
    NonKeyAttributes: z.exactOptional(z.array(z.string())),
  }),
});

const UpdateTableInput = z.object({
  TableName: z.string(),
  AttributeDefinitions: z._default(
    z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
    [],
  ),
  GlobalSecondaryIndexUpdates: z._default(
    z.array(
      z.object({
        Create: z.optional(NewIndex),
        Delete: z.optional(z.object({ IndexName: z.string() })),
      }),
    ),
    [],
  ),
});

/** UpdateTable, of which the engine knows what a template can change in place: the global indexes. */
export async function updateTable(tables: Tables, input: object): Promise<object> {
  const parsed = UpdateTableInput.safeParse(input);
  if (!parsed.success) throw validationError(z.prettifyError(parsed.error));
  const { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates } = parsed.data;
  for (const { Create, Delete } of GlobalSecondaryIndexUpdates) {
    if (Delete) await removeIndex(tables, TableName, Delete.IndexName);
    if (Create) await addIndex(tables, TableName, Create, AttributeDefinitions);
  }
  return { TableDescription: activeTable(tables, TableName) };
}

async function removeIndex(tables: Tables, tableName: string, indexName: string): Promise<void> {
  const table = activeTable(tables, tableName);
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const remaining = indexes.filter(({ IndexName }) => IndexName !== indexName);
  await define(tables, { ...table, GlobalSecondaryIndexes: remaining });
  const prefix = indexKey("global", tableName, indexName, "");
  await tables.level.clear({ gte: prefix, lt: `${prefix}\xff` });
}

async function addIndex(
  tables: Tables,
  tableName: string,
  index: Index,
  attributes: Table["AttributeDefinitions"],
): Promise<void> {
  const table = activeTable(tables, tableName);
  const indexes = table.GlobalSecondaryIndexes ?? [];
  if (indexes.some(({ IndexName }) => IndexName === index.IndexName)) {
    throw validationError(`Attempting to create an index which already exists: ${index.IndexName}`);
  }
  const known = new Set(table.AttributeDefinitions.map(({ AttributeName }) => AttributeName));
  const added = attributes.filter(({ AttributeName }) => !known.has(AttributeName));
  const defineWith = (IndexStatus: string) =>
    define(tables, {
      ...table,
      AttributeDefinitions: [...table.AttributeDefinitions, ...added],
      GlobalSecondaryIndexes: [
        ...indexes,
        { ...index, IndexArn: `${tableArn(tableName)}/index/${index.IndexName}`, IndexStatus },
      ],
    });
  // Items written from here on bring their index row with them; the older ones get theirs now.
  await defineWith("CREATING");
  await fillIndex(tables, activeTable(tables, tableName), index);
  await defineWith("ACTIVE");
}

async function fillIndex(tables: Tables, table: Table, index: Index): Promise<void> {
  const { level, ledger } = tables;
  const onlyIndex = { ...table, GlobalSecondaryIndexes: [index], LocalSecondaryIndexes: [] };
  const prefix = itemKey(table.TableName, "");
  for await (const [row] of rows(level, { gte: prefix, lt: `${prefix}\xff` })) {
    const item = ledger.newest(row);
    ledger.stage(indexOperations(onlyIndex, row.slice(prefix.length), undefined, item));
  }
  await ledger.settled();
}

async function define(tables: Tables, table: Table): Promise<void> {
  await tables.level.batch([{ type: "put", key: tableKey(table.TableName), value: table }]);
  tables.known.delete(table.TableName);
}
