import { expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import type { Health } from "../../../shared/domain/breaker/health-record.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { answerCalls } from "../aws/client-stub.ts";
import { webhookId } from "../samples.ts";

vi.stubEnv("WEBHOOKS_TABLE", "webhooks");
const who = { webhookId, cacheName: "orders", webhookName: "billing" };
const failing: Health = {
  version: 1,
  failures: 1,
  timeouts: 0,
  failingSinceMs: 500,
  breaker: { kind: "closed" },
};

test.each([
  ["a failure", undefined, failing],
  ["a recovery", failing, undefined],
])("takes %s that a transaction got in the way of for a lost race", async (_, before, after) => {
  answerCalls(dynamoDb, (input: object) => {
    // No transaction touches the index of what is not ok.
    if ("RequestItems" in input) return {};
    throw Object.assign(new Error("in conflict"), { name: "TransactionConflictException" });
  });
  expect(await openHealthStore().change(who, before, after)).toBe(false);
});

test("hands on what else goes wrong", async () => {
  answerCalls(dynamoDb, () => {
    throw new Error("down");
  });
  await expect(openHealthStore().change(who, undefined, failing)).rejects.toThrow("down");
});
