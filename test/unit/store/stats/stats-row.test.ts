import { expect, test } from "vitest";
import { itemBytes } from "../../../../local/dynamodb/engine/item-size.ts";
import { dynamoDb } from "../../../../shared/aws/clients.ts";
import { openStatsCounter } from "../../../../shared/store/health/stats-counter.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { freshWebhookId } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
process.env.DELIVERY_STATS = "true";

const minuteMs = 60_000;
const startMs = Date.UTC(2024, 0, 24, 23, 20);

test("the fullest row is one write unit, and goes after thirty days", async () => {
  const id = freshWebhookId();
  const n = 999_999;
  const counts = {
    counters: { "2xx": n, "3xx": n, "4xx": n, "5xx": n, none: n, failed: n },
    latencies: Array<number>(12).fill(n),
  };
  const latest = {
    lastAttemptMs: startMs + 599_999,
    lastSuccessMs: startMs + 599_999,
    lastStatusCode: 302,
    lastError: "é".repeat(1_000),
  };
  for (let minute = 0; minute < 10; minute += 1) {
    const minutes = [{ startMs: startMs + minute * minuteMs, counts }];
    await openStatsCounter().add(id, { minutes, latest });
  }
  const key = keys.stats(id, startMs / 600_000);
  const { Item = {} } = await dynamoDb.call("GetItem", {
    TableName: "DELIVERIES_TABLE",
    Key: { pk: { S: key.pk }, sk: { S: key.sk } },
  });
  // Both types say what the same JSON is.
  const item = Item as unknown as Parameters<typeof itemBytes>[0];
  expect(itemBytes(item)).toBeLessThanOrEqual(1024);
  expect(Item).toMatchObject({
    v: { N: "1" },
    c9: { N: "9".repeat(36) },
    delivered: { N: String(10 * n) },
    expiresAt: { N: String((startMs + 600_000) / 1000 + 30 * 86_400) },
  });
});
