import type { Item } from "dynalite/db/index.js";
import { itemView } from "../engine/item-view.ts";
import type { Tables } from "../engine/tables.ts";
import { validated } from "../engine/validated.ts";
import { assertNoEmptyKeys, getItem } from "./read-items.ts";
import { runActionNow } from "./run-action.ts";
import { transactGetInput } from "./transaction-input.ts";

/** TransactGetItems: all items as of one moment between two batches. */
export async function transactGetItems(tables: Tables, input: object): Promise<object> {
  const { TransactItems } = transactGetInput(input);
  // The newest state is a whole one: a batch on its way to disk is seen complete or, afterwards, durable.
  const read = (rowKey: string): Item | undefined => tables.ledger.newest(rowKey);
  const answers = TransactItems.map(({ Get }) => {
    const data = validated(getItem.rules, Get, tables.store);
    assertNoEmptyKeys(tables, data);
    return runActionNow(getItem.action, itemView({ tables, read }), data);
  });
  await tables.ledger.settled();
  return { Responses: answers.map((answer) => ("Item" in answer ? { Item: answer.Item } : {})) };
}
