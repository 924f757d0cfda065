import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { ListDeliveriesResponse } from "../../shared/contract/operations/deliveries/list-deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import type { Sent } from "./client.ts";
import { refusalOf } from "./gateway/refusal.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { subscribe, succeed } from "./webhooks.ts";

const { root } = await openService();
const cacheName = freshCache();
const topicName = "t";
/** Refuses some values, and takes the rest. */
const receiver = await startReceiver({
  handler: ({ body }) => ({ status: body.includes("refuse") ? 422 : 204 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

const usualCount = 120;
const names = { cacheName, webhookName: "w" };
const { webhookId } = await subscribe(root, receiver, names, { topicName });
const Published = z.object({
  response: z.object({ results: z.array(z.object({ messageId: z.string() })) }),
});

async function publishAll(messages: object[]): Promise<string[]> {
  const sent = { json: { messages } };
  const answer = await succeed(root, "publishBatch", { cacheName, topicName }, sent);
  const { results } = z.parse(Published, answer.body).response;
  return results.map(({ messageId }) => messageId);
}

const [rare = ""] = await publishAll([{ value: "take", event: "invoice.paid" }]);
const [refused = ""] = await publishAll([{ value: "refuse", event: "order.paid" }]);
for (let sent = 0; sent < usualCount; sent += 60) {
  await publishAll(Array.from({ length: 60 }, () => ({ value: "take", event: "order.paid" })));
}
const hasAll = async () => (await list({ limit: "1000" })).ids.length === usualCount + 2;
await eventually(hasAll, { timeoutMs: 60_000 });

async function list(query: NonNullable<Sent["query"]>) {
  const answer = await succeed(root, "listDeliveries", { webhookId }, { query });
  const { deliveries, nextCursor } = z.parse(
    z.object({ response: ListDeliveriesResponse }),
    answer.body,
  ).response;
  return { ids: deliveries.map(({ messageId }) => messageId), nextCursor };
}

test.each([
  ["event", "invoice.paid", () => [rare]],
  ["lastStatusCode", "422", () => [refused]],
  ["lastStatusCode", "4xx", () => [refused]],
  ["lastStatusCode", "none", () => []],
])("%s=%s finds what fits far behind the newest page", async (name, value, expected) => {
  expect((await list({ [name]: value, limit: "10" })).ids).toEqual(expected());
});

test("filters go together, and with a status", async () => {
  const event = "order.paid";
  expect((await list({ event, lastStatusCode: "4xx" })).ids).toEqual([refused]);
  expect((await list({ event: "invoice.paid", lastStatusCode: "4xx" })).ids).toEqual([]);
  expect((await list({ event, lastStatusCode: "2xx", status: "failed" })).ids).toEqual([]);
});

test("pages of what fits hold each delivery once, newest first, and end", async () => {
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: Record<string, string> = {
      ...{ lastStatusCode: "204", limit: "35" },
      ...(cursor && { cursor }),
    };
    const page = await list(query);
    expect(page.ids.length).toBeLessThanOrEqual(35);
    seen.push(...page.ids);
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
  expect(seen).toHaveLength(usualCount + 1);
  expect(seen.at(-1)).toBe(rare);
});

test.each(["600", "42", "6xx", "5XX", "some"])("refuses %s as a status", async (lastStatusCode) => {
  const answer = await root.call("listDeliveries", { webhookId }, { query: { lastStatusCode } });
  expect(refusalOf(answer)).toMatchObject({ status: 400, code: "INVALID_ARGUMENT_ERROR" });
});
