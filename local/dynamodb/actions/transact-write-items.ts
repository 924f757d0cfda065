import { AwsError } from "../../aws/aws-error.ts";
import { validationError } from "../engine/dynalite-error.ts";
import { stageChange } from "../engine/item-rows.ts";
import { itemBytes } from "../engine/item-size.ts";
import type { Footprint } from "../engine/item-view.ts";
import type { Tables } from "../engine/tables.ts";
import { validated } from "../engine/validated.ts";
import { operationOf, type TransactOperation, transactWriteInput } from "./transaction-input.ts";
import { remember, wasMade } from "./transaction-token.ts";
import {
  changeOf,
  decideWrite,
  deleteItem,
  putItem,
  updateItem,
  type WriteKind,
  wantsItemOnFailure,
} from "./write-item.ts";

const maxTransactionBytes = 4 * 1024 * 1024;

// A check is a delete whose footprint is never staged: the same input, the same refusals.
const kinds: Record<TransactOperation["kind"], WriteKind> = {
  Put: putItem,
  Update: updateItem,
  Delete: deleteItem,
  ConditionCheck: deleteItem,
};

interface Decision {
  kind: TransactOperation["kind"];
  footprint: Footprint;
  refusal: AwsError | undefined;
  wantsItem: boolean;
}

/** TransactWriteItems: every condition is decided over the same state in one turn, then all is one batch. */
export async function transactWriteItems(tables: Tables, input: object): Promise<object> {
  const { ClientRequestToken: token, TransactItems } = transactWriteInput(input);
  const digested = JSON.stringify(TransactItems);
  const operations = TransactItems.map(operationOf);
  try {
    if (token !== undefined && wasMade(tables, token, digested)) return {};
    const decisions = operations.map((operation) => decide(tables, operation));
    assertDistinctItems(decisions);
    assertSize(decisions);
    if (decisions.some(({ refusal }) => refusal)) throw cancelled(decisions);
    for (const { kind, footprint } of decisions) {
      if (kind !== "ConditionCheck") stageChange(tables, changeOf(footprint));
    }
    if (token !== undefined) remember(tables, token, digested);
    return {};
  } finally {
    // A refusal, too, may rest on a change that is not durable yet.
    await tables.ledger.settled();
  }
}

function decide(tables: Tables, { kind, input }: TransactOperation): Decision {
  const wantsItem = wantsItemOnFailure(input);
  const data = validated(kinds[kind].rules, input, tables.store);
  const footprint: Footprint = {};
  try {
    decideWrite(tables, kinds[kind], data, footprint);
    return { kind, footprint, refusal: undefined, wantsItem };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "ResourceNotFoundException") throw error;
    return { kind, footprint, refusal: error, wantsItem };
  }
}

function assertDistinctItems(decisions: Decision[]): void {
  const seen = new Set<string>();
  for (const { footprint } of decisions) {
    if (footprint.key === undefined) continue;
    const item = `${footprint.table?.TableName}~${footprint.key}`;
    if (seen.has(item)) {
      throw validationError("Transaction request cannot include multiple operations on one item");
    }
    seen.add(item);
  }
}

function assertSize(decisions: Decision[]): void {
  let bytes = 0;
  for (const { footprint } of decisions) bytes += footprint.after ? itemBytes(footprint.after) : 0;
  if (bytes <= maxTransactionBytes) return;
  throw validationError("Transaction request size exceeds the limit of 4 MB");
}

function cancelled(decisions: Decision[]): AwsError {
  const reasons = decisions.map(reasonOf);
  return new AwsError(
    "TransactionCanceledException",
    "Transaction cancelled, please refer cancellation reasons for specific reasons " +
      `[${reasons.map(({ Code }) => Code).join(", ")}]`,
    { members: { CancellationReasons: reasons } },
  );
}

function reasonOf({ refusal, wantsItem, footprint }: Decision) {
  if (!refusal) return { Code: "None" };
  if (refusal.code !== "ConditionalCheckFailedException") {
    return { Code: "ValidationError", Message: refusal.message };
  }
  return {
    Code: "ConditionalCheckFailed",
    Message: refusal.message,
    ...(wantsItem && footprint.before && { Item: footprint.before }),
  };
}
