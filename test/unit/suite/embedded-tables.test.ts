import { setImmediate as turn } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { useTables } from "../store/embedded-tables.ts";

useTables();

test("a call is made once, though the machine stands still while it is under way", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const Item = { pk: { S: "slow" }, sk: { S: "machine" } };
    const call = dynamoDb.call("PutItem", { TableName: "WEBHOOKS_TABLE", Item });
    // It is on its way when the time passes.
    await turn();
    vi.advanceTimersByTime(10_000);
    expect((await call).$metadata.attempts).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});
