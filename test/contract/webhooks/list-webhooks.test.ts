import { expect, test } from "vitest";
import { labelled } from "../document/labelled.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { listWebhooks, plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

/** A cache with these webhooks; every second one is subscribed to the topic `even`. */
async function cacheWith(webhookNames: string[]): Promise<string> {
  const cacheName = freshCache();
  for (const [index, webhookName] of webhookNames.entries()) {
    const topicName = index % 2 === 0 ? "odd" : "even";
    await putWebhook(root, { cacheName, webhookName }, { ...plainBody, topicName });
  }
  return cacheName;
}

async function namesIn(cacheName: string, query?: Record<string, string>) {
  const { webhooks, nextCursor } = await listWebhooks(root, cacheName, query);
  return { names: webhooks.map(({ id }) => id.webhookName), nextCursor };
}

test("a cache that was never used is an empty list", async () => {
  expect(await listWebhooks(root, freshCache())).toEqual({ webhooks: [], nextCursor: null });
});

test("shows at once what was put, changed and deleted", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const { webhook } = await putWebhook(root, id);
  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([webhook]);
  const changed = await putWebhook(root, id, { ...plainBody, topicName: "other" });
  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([changed.webhook]);
  await root.call("deleteWebhook", id);
  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([]);
});

test("lists in the order of the names' code points", async () => {
  const names = ["\u{1f600}", "b", "\u{fffd}", "a", "B", "ä", "a.1", "a1", "10", "9"];
  const inOrder = ["10", "9", "B", "a", "a.1", "a1", "b", "ä", "\u{fffd}", "\u{1f600}"];
  expect((await namesIn(await cacheWith(names))).names).toEqual(inOrder);
});

test("pages through a cache, each webhook once, until the cursor is null", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const cacheName = await cacheWith(names);
  const first = await namesIn(cacheName, { limit: "2" });
  expect(first.names).toEqual(["a", "b"]);
  const second = await namesIn(cacheName, { limit: "2", cursor: first.nextCursor ?? "" });
  expect(second.names).toEqual(["c", "d"]);
  const third = await namesIn(cacheName, { limit: "2", cursor: second.nextCursor ?? "" });
  expect(third).toEqual({ names: ["e"], nextCursor: null });
});

test("ends with a null cursor where the last page is full", async () => {
  const cacheName = await cacheWith(["a", "b"]);
  expect(await namesIn(cacheName, { limit: "2" })).toEqual({ names: ["a", "b"], nextCursor: null });
});

test("goes on behind a cursor whose webhook is gone", async () => {
  const cacheName = await cacheWith(["a", "b", "c"]);
  const { nextCursor } = await namesIn(cacheName, { limit: "2" });
  await root.call("deleteWebhook", { cacheName, webhookName: "b" });
  expect((await namesIn(cacheName, { cursor: nextCursor ?? "" })).names).toEqual(["c"]);
});

test("shows only the webhooks of a topic, on pages that may be short", async () => {
  const cacheName = await cacheWith(["a", "b", "c", "d"]);
  expect((await namesIn(cacheName, { topicName: "even" })).names).toEqual(["b", "d"]);

  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { topicName: "even", limit: "1" };
    const page = await namesIn(cacheName, { ...query, ...(cursor && { cursor }) });
    expect(page.names.length).toBeLessThanOrEqual(1);
    found.push(...page.names);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(found).toEqual(["b", "d"]);
});

test.each(["0", "1001", "-1", "1.5", "ten", "", "1e2"])("refuses the limit %j", async (limit) => {
  const answer = await root.call("listWebhooks", { cacheName: "c" }, { query: { limit } });
  expect(refusalOf(answer)).toEqual(badFields("limit"));
});

/** What a cursor may hold is ours to know; a stranger can still make one up. */
const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const badCursors = [
  "",
  "x",
  "AAAA",
  "%%%",
  "\u{1f600}",
  forged(null),
  forged(["webhooks/other", "a"]),
  forged(["webhooks/c", 1]),
  forged(["webhooks/c", "x".repeat(2000)]),
  forged(["webhooks/c", "\ud800"]),
  "A".repeat(5000),
];

test.each(labelled(badCursors))("refuses the cursor %s", async (_, cursor) => {
  const answer = await root.call("listWebhooks", { cacheName: "c" }, { query: { cursor } });
  expect(refusalOf(answer)).toEqual(badFields("cursor"));
});

test("refuses the cursor of another cache", async () => {
  const { nextCursor } = await namesIn(await cacheWith(["a", "b"]), { limit: "1" });
  const query = { cursor: nextCursor ?? "" };
  const answer = await root.call("listWebhooks", { cacheName: freshCache() }, { query });
  expect(refusalOf(answer)).toEqual(badFields("cursor"));
});

test("refuses a query that it does not know, and every bad one at once", async () => {
  const query = { limit: "0", topicName: " ", sort: "asc" };
  const answer = await root.call("listWebhooks", { cacheName: "c" }, { query });
  expect(refusalOf(answer)).toEqual(badFields("limit", "topicName", "sort"));
});
