import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { getWebhookStats } from "../../../shared/contract/operations/stats/get-webhook-stats.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { Sent } from "../client.ts";
import { refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { putWebhook, subscribe, succeed } from "../webhooks.ts";

const { root } = await openService();
const cacheName = freshCache();
const topic = { cacheName, topicName: "counted" };

const statuses = [200, 204, 410];
const receiver = await startReceiver({ handler: () => ({ status: statuses.shift() ?? 200 }) });
afterAll(() => receiver[Symbol.asyncDispose]());

async function stats(webhookId: string, query?: Sent["query"]) {
  const answer = await succeed(root, "getWebhookStats", { webhookId }, query && { query });
  const { response } = z.parse(z.object({ response: getWebhookStats.response }), answer.body);
  if (response.buckets === null) throw new Error("nothing is counted");
  return response.buckets;
}

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

test("what becomes of deliveries is counted by the minute, the hour and the day", async () => {
  const params = { cacheName, webhookName: "counted" };
  const { webhookId } = await subscribe(root, receiver, params, { topicName: topic.topicName });
  for (const json of [1, 2, 3]) {
    const posts = receiver.deliveries.length;
    await publish(root, topic, { json });
    await eventually(() => receiver.deliveries.length > posts);
  }
  const sums = async (query?: Sent["query"]) => {
    const buckets = await stats(webhookId, query);
    const sum = (name: "delivered" | "failed" | "attempts") =>
      buckets.reduce((total, bucket) => total + bucket[name], 0);
    return { delivered: sum("delivered"), failed: sum("failed"), attempts: sum("attempts") };
  };
  const expected = { delivered: 2, failed: 1, attempts: 3 };
  await eventually(async () => (await sums()).attempts === 3 && (await sums()).failed === 1);
  expect(await sums()).toEqual(expected);
  expect(await sums({ by: "minute", since: ago(1) })).toEqual(expected);
  expect(await sums({ by: "day", since: ago(100) })).toEqual(expected);
  const [busy] = (await stats(webhookId, { by: "day" })).filter(({ attempts }) => attempts > 0);
  expect(busy?.latencyMs).toEqual({ p50: expect.any(Number), p95: expect.any(Number) });
});

test("buckets without deliveries are there, with zeros and without latencies", async () => {
  const { webhookId } = await putWebhook(root, { cacheName, webhookName: "idle" });
  const buckets = await stats(webhookId);
  expect(buckets).toHaveLength(25);
  expect(new Set(buckets.map(({ startTime }) => startTime.slice(14)))).toEqual(new Set(["00:00Z"]));
  expect(buckets.every(({ attempts, latencyMs }) => attempts === 0 && latencyMs === null)).toBe(
    true,
  );
  const lastHours = { since: ago(3), until: ago(2) };
  expect((await stats(webhookId, lastHours)).length).toBeGreaterThanOrEqual(60);
  expect(await stats(webhookId, { by: "hour", since: ago(24 * 59) })).toHaveLength(721);
});

test("what was counted stays readable when the webhook is gone", async () => {
  const id = { cacheName, webhookName: "gone" };
  const { webhookId } = await putWebhook(root, id);
  await succeed(root, "deleteWebhook", id);
  expect(await stats(webhookId)).toHaveLength(25);
});

test("every bad field is named", async () => {
  const { webhookId } = await putWebhook(root, { cacheName, webhookName: "asked" });
  const refused = async (query: Sent["query"]) => {
    const answer = await root.call("getWebhookStats", { webhookId }, query && { query });
    const { status, paths } = refusalOf(answer);
    return [status, ...paths];
  };
  expect(await refused({ since: "soon", by: "week", hour: "1" })).toEqual([
    400,
    "by",
    "hour",
    "since",
  ]);
  expect(await refused({ since: ago(48), by: "minute" })).toEqual([400, "by"]);
  expect(await refused({ since: ago(1), until: ago(2) })).toEqual([400, "since"]);
  expect(await refused({ since: ago(-1) })).toEqual([400, "since"]);
});
