import type { TransactionCanceledException, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { dynamoDb } from "../../aws/dynamodb.ts";
import { AppError } from "../../domain/app-error.ts";

/** Why a transaction did not happen: the index of each item whose condition failed, or a plain conflict. */
export interface Cancelled {
  readonly failed: readonly number[];
}

/** The table did not refuse the items, it had no capacity for them. */
const busy = ["ThrottlingError", "ProvisionedThroughputExceeded"];

/** Writes all items or none. Returns undefined when written; throws on anything but a lost race. */
export async function transact(items: TransactWriteItem[]): Promise<Cancelled | undefined> {
  try {
    await dynamoDb.call("TransactWriteItems", { TransactItems: items });
    return undefined;
  } catch (error) {
    if (isTransactionConflict(error)) return { failed: [] };
    if (!isCancellation(error)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
    if (codes.some((code) => busy.includes(code))) {
      throw new AppError("SERVER_UNAVAILABLE", "not accepted; try again", { cause: error });
    }
    const expected = ["None", "ConditionalCheckFailed", "TransactionConflict"];
    if (!codes.every((code) => expected.includes(code))) throw error;
    const failed = codes.flatMap((code, index) =>
      code === "ConditionalCheckFailed" ? [index] : [],
    );
    return { failed };
  }
}

/** Another transaction was changing the same row. */
export function isTransactionConflict(error: unknown): boolean {
  return error instanceof Error && error.name === "TransactionConflictException";
}

function isCancellation(error: unknown): error is TransactionCanceledException {
  return error instanceof Error && error.name === "TransactionCanceledException";
}
