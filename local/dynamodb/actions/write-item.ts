import deleteItemAction from "dynalite/actions/deleteItem.js";
import putItemAction from "dynalite/actions/putItem.js";
import updateItemAction from "dynalite/actions/updateItem.js";
import type { Action, Item } from "dynalite/db/index.js";
import deleteItemRules from "dynalite/validations/deleteItem.js";
import putItemRules from "dynalite/validations/putItem.js";
import updateItemRules from "dynalite/validations/updateItem.js";
import { AwsError } from "../../aws/aws-error.ts";
import { assertNoEmptyIndexKey, assertNoEmptyKey } from "../engine/empty-keys.ts";
import { type ItemChange, stageChange } from "../engine/item-rows.ts";
import { type Footprint, itemView } from "../engine/item-view.ts";
import { activeTable, type Tables } from "../engine/tables.ts";
import { type Rules, validated } from "../engine/validated.ts";
import { runActionNow } from "./run-action.ts";

export interface WriteKind {
  action: Action;
  rules: Rules;
}

export const putItem: WriteKind = { action: putItemAction, rules: putItemRules };
export const updateItem: WriteKind = { action: updateItemAction, rules: updateItemRules };
export const deleteItem: WriteKind = { action: deleteItemAction, rules: deleteItemRules };

/** PutItem, UpdateItem and DeleteItem. */
export async function writeItem(tables: Tables, kind: WriteKind, input: object): Promise<object> {
  // Validation drops the members that dynalite does not know.
  const wantsItem = wantsItemOnFailure(input);
  const data = validated(kind.rules, input, tables.store);
  const footprint: Footprint = {};
  try {
    const answer = decideWrite(tables, kind, data, footprint);
    stageChange(tables, changeOf(footprint));
    return answer;
  } catch (error) {
    throw wantsItem ? withItem(error, footprint) : error;
  } finally {
    // A refusal, too, may rest on a change that is not durable yet.
    await tables.ledger.settled();
  }
}

/** Decides a write over the newest items without staging it; what it would do is left in the footprint. */
export function decideWrite(
  tables: Tables,
  kind: WriteKind,
  data: object,
  footprint: Footprint,
): object {
  const read = (rowKey: string) => tables.ledger.newest(rowKey);
  const { TableName = "", Item, Key }: WriteData = data;
  const table = activeTable(tables, TableName);
  assertNoEmptyKey(table, Item ?? Key);
  assertNoEmptyIndexKey(table, Item);
  const answer = runActionNow(kind.action, itemView({ tables, read, footprint }), data);
  // What an update makes of an item is known only now; nothing of it is staged yet.
  assertNoEmptyIndexKey(table, footprint.after);
  return answer;
}

interface WriteData {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
}

export function changeOf({ table, key, before, after }: Footprint): ItemChange {
  if (!table || key === undefined) throw new Error("a write that read no item");
  return { table, key, before, after };
}

export function wantsItemOnFailure(input: object): boolean {
  return (
    "ReturnValuesOnConditionCheckFailure" in input &&
    input.ReturnValuesOnConditionCheckFailure === "ALL_OLD"
  );
}

function withItem(error: unknown, { before }: Footprint): unknown {
  if (!(error instanceof AwsError) || error.code !== "ConditionalCheckFailedException")
    return error;
  return new AwsError(error.code, error.message, { members: before ? { Item: before } : {} });
}
