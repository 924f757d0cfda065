import dynalite, {
  getIndexActions,
  type Index,
  type Item,
  type Operation,
  type Table,
} from "dynalite/db/index.js";
import { indexKey } from "./row-keys.ts";

/** The changes that an item's change brings to the table's indexes. */
export function indexOperations(
  table: Table,
  key: string,
  before: Item | undefined,
  after: Item | undefined,
): Operation[] {
  return [
    ...scopeOperations("global", table.GlobalSecondaryIndexes, table, key, before, after),
    ...scopeOperations("local", table.LocalSecondaryIndexes, table, key, before, after),
  ];
}

function scopeOperations(
  scope: string,
  indexes: Index[] | undefined,
  table: Table,
  key: string,
  before: Item | undefined,
  after: Item | undefined,
): Operation[] {
  if (!indexes) return [];
  const { puts, deletes } = getIndexActions(indexes, before, after, table);
  const rowKey = (row: { index: string; key: string }) =>
    indexKey(scope, table.TableName, row.index, indexRowKey(row.key, key));
  return [
    ...deletes.map((row): Operation => ({ type: "del", key: rowKey(row) })),
    ...puts.map((row): Operation => ({ type: "put", key: rowKey(row), value: row.item })),
  ];
}

/**
 * dynalite tells items with equal index keys apart by 24 bits of a hash; among a few thousand of them two would share
 * one row. The item's own key behind it makes the row's key unique.
 */
export function indexRowKey(dynaliteKey: string, itemKey: string): string {
  return `${dynaliteKey}/${itemKey}`;
}

/** dynalite's actions find this on the module. Here the rows of indexes are made when a change is staged. */
export function leaveIndexesToStaging(): void {
  dynalite.updateIndexes = (_store, _table, _before, _after, done) => done(null);
}
