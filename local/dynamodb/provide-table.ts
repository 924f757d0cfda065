import { isDeepStrictEqual } from "node:util";
import type { Table } from "dynalite/db/index.js";
import * as z from "zod/mini";
import { createTable } from "./actions/create-table.ts";
import { updateTimeToLive } from "./actions/time-to-live.ts";
import { updateTable } from "./actions/update-table.ts";
import { tableKey } from "./engine/row-keys.ts";
import type { Tables } from "./engine/tables.ts";

const Index = z.looseObject({
  IndexName: z.string(),
  KeySchema: z.unknown(),
  Projection: z.unknown(),
});
type IndexShape = Record<"IndexName" | "KeySchema" | "Projection", unknown>;

const TableProperties = z.looseObject({
  TableName: z.string(),
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.optional(z.array(Index)),
  StreamSpecification: z.optional(
    z.object({
      StreamViewType: z.literal("KEYS_ONLY", { error: "streams have keys alone here" }),
    }),
  ),
  TimeToLiveSpecification: z.optional(
    z.object({ AttributeName: z.optional(z.string()), Enabled: z.boolean() }),
  ),
});
type TableProperties = z.infer<typeof TableProperties>;

/** Brings a table to the state of an AWS::DynamoDB::Table resource; its items stay. */
export async function provideTable(tables: Tables, properties: unknown): Promise<void> {
  const wanted = z.parse(TableProperties, properties);
  const table = tables.level.getSync(tableKey(wanted.TableName)) as Table | undefined;
  // A copy: dynalite's validation takes away the members that it does not know.
  if (!table) await createTable(tables, { ...wanted });
  else await changeTable(tables, table, wanted);
  await changeTimeToLive(tables, wanted);
  if (wanted.StreamSpecification) tables.streams.enable(wanted.TableName);
}

async function changeTable(tables: Tables, table: Table, wanted: TableProperties): Promise<void> {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = wanted;
  if (!isDeepStrictEqual(table.KeySchema, KeySchema)) {
    throw new Error(`The keys of table ${TableName} have changed: remove its data to start anew`);
  }
  const existing = table.GlobalSecondaryIndexes ?? [];
  // One that a killed process left half filled is made anew.
  const kept = existing.filter(
    (index) =>
      index.IndexStatus === "ACTIVE" && GlobalSecondaryIndexes.some((one) => sameIndex(one, index)),
  );
  const removed = existing.filter((index) => !kept.includes(index));
  const added = GlobalSecondaryIndexes.filter(
    (index) => !kept.some((one) => sameIndex(one, index)),
  );
  await updateTable(tables, {
    TableName,
    AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [
      ...removed.map(({ IndexName }) => ({ Delete: { IndexName } })),
      ...added.map((index) => ({ Create: index })),
    ],
  });
}

function sameIndex(one: IndexShape, other: IndexShape): boolean {
  const essence = ({ IndexName, KeySchema, Projection }: IndexShape) => ({
    IndexName,
    KeySchema,
    Projection,
  });
  return isDeepStrictEqual(essence(one), essence(other));
}

async function changeTimeToLive(tables: Tables, wanted: TableProperties): Promise<void> {
  const { TableName, TimeToLiveSpecification: specification } = wanted;
  const current = tables.timeToLive.get(TableName);
  const attribute = specification?.Enabled ? specification.AttributeName : undefined;
  if (attribute === current) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    updateTimeToLive(tables, { TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (current !== undefined) await set(current, false);
  if (attribute !== undefined) await set(attribute, true);
}
