import batchGetItemAction from "dynalite/actions/batchGetItem.js";
import getItemAction from "dynalite/actions/getItem.js";
import queryAction from "dynalite/actions/query.js";
import scanAction from "dynalite/actions/scan.js";
import {
  type Action,
  type AttributeValue,
  createKey,
  type Item,
  type Range,
} from "dynalite/db/index.js";
import batchGetItemRules from "dynalite/validations/batchGetItem.js";
import getItemRules from "dynalite/validations/getItem.js";
import queryRules from "dynalite/validations/query.js";
import scanRules from "dynalite/validations/scan.js";
import { assertNoEmptyCondition, assertNoEmptyKey } from "../engine/empty-keys.ts";
import { indexRowKey } from "../engine/index-rows.ts";
import { itemView } from "../engine/item-view.ts";
import { activeTable, type Tables } from "../engine/tables.ts";
import { type Rules, validated } from "../engine/validated.ts";
import { runAction } from "./run-action.ts";

export interface ReadKind {
  action: Action;
  rules: Rules;
}

export const getItem: ReadKind = { action: getItemAction, rules: getItemRules };
export const batchGetItem: ReadKind = { action: batchGetItemAction, rules: batchGetItemRules };
export const query: ReadKind = { action: queryAction, rules: queryRules };
export const scan: ReadKind = { action: scanAction, rules: scanRules };

/** GetItem, BatchGetItem, Query and Scan: they see durable items only, and every one that was acknowledged. */
export function readItems(
  tables: Tables,
  { action, rules }: ReadKind,
  input: object,
): Promise<object> {
  const data: PageRequest = validated(rules, input, tables.store);
  const read = (rowKey: string) => tables.ledger.durable(rowKey);
  assertNoEmptyKeys(tables, data);
  const indexStart = (range: Range) => afterIndexRow(tables, data, range);
  return runAction(action, itemView({ tables, read, indexStart }), data);
}

export function assertNoEmptyKeys(
  tables: Tables,
  { TableName, RequestItems = {}, ...asked }: PageRequest,
) {
  for (const [name, { Keys }] of Object.entries(RequestItems)) {
    for (const key of Keys) assertNoEmptyKey(activeTable(tables, name), key);
  }
  if (TableName === undefined) return;
  const table = activeTable(tables, TableName);
  assertNoEmptyKey(table, asked.Key);
  assertNoEmptyKey(table, asked.ExclusiveStartKey);
  assertNoEmptyCondition(table, asked);
}

interface PageRequest {
  TableName?: string;
  Key?: Item;
  RequestItems?: Record<string, { Keys: Item[] }>;
  IndexName?: string;
  KeyConditions?: Record<string, { AttributeValueList?: AttributeValue[] }>;
  ExclusiveStartKey?: Item;
  ScanIndexForward?: boolean;
}

/** dynalite starts a page behind a key of its own spelling; our index rows carry the item's key behind that. */
function afterIndexRow(
  tables: Tables,
  { TableName, ExclusiveStartKey, ScanIndexForward }: PageRequest,
  range: Range,
): Range {
  if (!ExclusiveStartKey || !TableName) return range;
  const itemKey = createKey(ExclusiveStartKey, activeTable(tables, TableName));
  if (ScanIndexForward === false && range.lt) {
    return { ...range, lt: indexRowKey(range.lt, itemKey) };
  }
  return range.gt ? { ...range, gt: indexRowKey(range.gt, itemKey) } : range;
}
