import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { asAppError } from "../../../shared/runtime/failures.ts";
import { transact } from "../../../shared/store/table/database.ts";
import { answerCalls } from "../aws/client-stub.ts";

afterEach(() => vi.restoreAllMocks());

function cancelWith(...codes: string[]): void {
  answerCalls(dynamoDb, () => {
    throw new TransactionCanceledException({
      message: "cancelled",
      $metadata: { httpStatusCode: 400 },
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  });
}

test("answers nothing when everything was written", async () => {
  answerCalls(dynamoDb, () => ({}));
  expect(await transact([])).toBeUndefined();
});

test.each([
  [
    ["None", "ConditionalCheckFailed", "None", "ConditionalCheckFailed"],
    [1, 3],
  ],
  [["TransactionConflict", "None"], []],
  [["ConditionalCheckFailed", "TransactionConflict"], [0]],
])("answers which conditions failed: %j", async (codes, failed) => {
  cancelWith(...codes);
  expect(await transact([])).toEqual({ failed });
});

test("answers a plain conflict with another transaction as a lost race", async () => {
  answerCalls(dynamoDb, () => {
    throw Object.assign(new Error("conflict"), { name: "TransactionConflictException" });
  });
  expect(await transact([])).toEqual({ failed: [] });
});

test.each(["ThrottlingError", "ProvisionedThroughputExceeded"])(
  "does not take %s for a lost race, but for a table that is busy",
  async (code) => {
    cancelWith("None", code, "ConditionalCheckFailed");
    const error = await transact([]).catch(asAppError);
    expect(error).toMatchObject({ code: "SERVER_UNAVAILABLE", status: 503 });
  },
);

test("lets a transaction that is wrong fail as a bug", async () => {
  cancelWith("None", "ValidationError");
  const error = await transact([]).catch(asAppError);
  expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
});
