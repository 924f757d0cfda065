import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Webhook } from "../../../shared/contract/webhook.ts";
import type { Client } from "../client.ts";
import { makeKey } from "../gateway/keys.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { plainBody, putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root, client, operatorEnv } = await openService();
const Listed = z.object({
  response: z.object({ webhooks: z.array(Webhook), nextCursor: z.nullable(z.string()) }),
});

async function page(by: Client, query: Record<string, string> = {}) {
  const { body } = await succeed(by, "listAllWebhooks", {}, { query });
  return z.parse(Listed, body).response;
}

async function put(cacheName: string, webhookName: string, topicName = "paid") {
  return (await putWebhook(root, { cacheName, webhookName }, { ...plainBody, topicName })).webhook;
}

test("a key of all caches finds what was just put, whichever cache it was put into", async () => {
  const cacheName = freshCache();
  const webhook = await put(cacheName, "w");
  expect(await page(root, { cacheName })).toEqual({ webhooks: [webhook], nextCursor: null });
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const next: Awaited<ReturnType<typeof page>> = await page(root, {
      limit: "50",
      ...(cursor !== null && { cursor }),
    });
    ids.push(...next.webhooks.map(({ webhookId }) => webhookId));
    cursor = next.nextCursor;
  } while (cursor !== null);
  expect(ids).toContain(webhook.webhookId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("filters by topic and status", async () => {
  const cacheName = freshCache();
  await put(cacheName, "a");
  const other = await put(cacheName, "b", "other");
  expect((await page(root, { cacheName, topicName: "other" })).webhooks).toEqual([other]);
  const inactive = { webhookId: other.webhookId };
  await succeed(root, "updateWebhookStatus", inactive, { json: { webhookStatus: "inactive" } });
  const found = await page(root, { cacheName, webhookStatus: "inactive" });
  expect(found.webhooks.map(({ id }) => id.webhookName)).toEqual(["b"]);
});

test("shows health where it is asked for, of a hundred webhooks at most", async () => {
  const cacheName = freshCache();
  await put(cacheName, "a");
  const { webhooks } = await page(root, { cacheName, include: "health" });
  expect(webhooks).toMatchObject([{ health: { state: "ok", waiting: 0 } }]);
  expect((await page(root, { cacheName, state: "ok" })).webhooks).toHaveLength(1);
  expect((await page(root, { cacheName, state: "held,disabled" })).webhooks).toEqual([]);
  const query = { include: "health", limit: "101" };
  expect(refusalOf(await root.call("listAllWebhooks", {}, { query }))).toEqual(badFields("limit"));
});

test("names every bad field", async () => {
  const query = {
    ...{ limit: "0", cursor: "x", cacheName: " ", topicName: "a/b" },
    ...{ webhookStatus: "on", state: "ok,bad", include: "all", more: "1" },
  };
  expect(refusalOf(await root.call("listAllWebhooks", {}, { query }))).toEqual(
    badFields(...Object.keys(query)),
  );
});

describe.skipIf(operatorEnv === undefined)(
  "keys of some caches (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    test("a key sees the webhooks of its own caches, by cache and name", async () => {
      const caches = [freshCache(), freshCache()].sort();
      const [first = "", second = ""] = caches;
      const put1 = [await put(second, "b"), await put(second, "a"), await put(first, "c")];
      await put(freshCache(), "not mine");
      const mine = client(await makeKey(operatorEnv ?? {}, { caches }));
      expect(await page(mine)).toEqual({ webhooks: put1.toReversed(), nextCursor: null });
      const one = await page(mine, { limit: "1" });
      const rest = await page(mine, { cursor: one.nextCursor ?? "" });
      expect([...one.webhooks, ...rest.webhooks]).toEqual(put1.toReversed());
    });

    test("another cache is forbidden", async () => {
      const mine = client(await makeKey(operatorEnv ?? {}, { caches: [freshCache()] }));
      const query = { cacheName: freshCache() };
      expect(refusalOf(await mine.call("listAllWebhooks", {}, { query }))).toEqual({
        ...{ status: 403, code: "PERMISSION_ERROR", paths: [] },
      });
    });
  },
);
