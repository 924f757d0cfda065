import type { AttributeValue, Index, Item, Table } from "dynalite/db/index.js";
import { validationError } from "./dynalite-error.ts";

/**
 * DynamoDB takes empty texts and bytes as values, and refuses them as keys: of items, of rows of an index, and in what
 * is asked for. dynalite refuses the first of these alone, and in other words where a key stands by itself.
 */
const notValid = "One or more parameter values are not valid.";
const indexNotSupported = "A value specified for a secondary index key is not supported.";

export function assertNoEmptyKey(table: Table, key: Item | undefined): void {
  for (const { AttributeName } of table.KeySchema) {
    const kind = emptyKind(key?.[AttributeName]);
    if (kind) throw validationError(`${notValid} ${cannot(kind)} Key: ${AttributeName}`);
  }
}

/** Of an item as it would be stored. */
export function assertNoEmptyIndexKey(table: Table, item: Item | undefined): void {
  for (const index of indexesOf(table)) assertIndexKey(index, (name) => [item?.[name]]);
}

interface QueryConditions {
  readonly IndexName?: string | undefined;
  readonly KeyConditions?: Record<string, { AttributeValueList?: AttributeValue[] }> | undefined;
}

/** Of what a query asks for, whether by equality, a prefix or a range. */
export function assertNoEmptyCondition(table: Table, asked: QueryConditions): void {
  const { IndexName, KeyConditions = {} } = asked;
  const valuesOf = (name: string) => KeyConditions[name]?.AttributeValueList ?? [];
  const index = indexesOf(table).find((each) => each.IndexName === IndexName);
  if (index) assertIndexKey(index, valuesOf);
  const names = index ? [] : table.KeySchema.map(({ AttributeName }) => AttributeName);
  for (const name of names) {
    for (const value of valuesOf(name)) assertNoEmptyKey(table, { [name]: value });
  }
}

function assertIndexKey(
  { IndexName, KeySchema }: Index,
  valuesOf: (attributeName: string) => readonly (AttributeValue | undefined)[],
): void {
  for (const { AttributeName } of KeySchema) {
    const kind = valuesOf(AttributeName).map(emptyKind).find(Boolean);
    if (!kind) continue;
    throw validationError(
      `${notValid} ${indexNotSupported} ${cannot(kind)} IndexName: ${IndexName}, IndexKey: ${AttributeName}`,
    );
  }
}

function indexesOf(table: Table): Index[] {
  return [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
}

function emptyKind(value: AttributeValue | undefined): "string" | "binary" | undefined {
  if (value?.S === "") return "string";
  return value?.B === "" ? "binary" : undefined;
}

function cannot(kind: "string" | "binary"): string {
  return `The AttributeValue for a key attribute cannot contain an empty ${kind} value.`;
}
