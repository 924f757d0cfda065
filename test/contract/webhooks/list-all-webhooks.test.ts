import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Overview } from "../../../shared/contract/stats.ts";
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

const setStatus = (webhookId: string, webhookStatus: string) =>
  succeed(root, "updateWebhookStatus", { webhookId }, { json: { webhookStatus } });
const namesOf = ({ webhooks }: Awaited<ReturnType<typeof page>>) =>
  webhooks.map(({ id }) => id.webhookName);

test("finds what is not ok as soon as it is, in pages, and no more once it is ok again", async () => {
  const cacheName = freshCache();
  const webhooks = [];
  for (const name of ["a", "b", "c", "d"]) webhooks.push(await put(cacheName, name));
  const query = { cacheName, state: "disabled,failing" };
  for (const { webhookId, id } of webhooks) {
    if (id.webhookName === "b") continue;
    await setStatus(webhookId, "inactive");
    expect(namesOf(await page(root, query))).toContain(id.webhookName);
  }
  const first = await page(root, { ...query, limit: "2", include: "health" });
  expect(first.webhooks).toMatchObject([
    { id: { webhookName: "a" }, health: { state: "disabled" } },
    { id: { webhookName: "c" }, health: { state: "disabled" } },
  ]);
  expect(namesOf(await page(root, { ...query, cursor: first.nextCursor ?? "" }))).toEqual(["d"]);
  await setStatus(webhooks[0]?.webhookId ?? "", "active");
  expect(namesOf(await page(root, query))).toEqual(["c", "d"]);
  expect(namesOf(await page(root, { ...query, topicName: "other" }))).toEqual([]);
  expect(namesOf(await page(root, { cacheName, state: "ok" }))).toEqual(["a", "b"]);
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "c" });
  expect(namesOf(await page(root, query))).toEqual(["d"]);
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

    test("a key sees what is not ok in its own caches alone", async () => {
      const caches = [freshCache(), freshCache()].sort();
      for (const cacheName of [...caches, freshCache()]) {
        await setStatus((await put(cacheName, "off")).webhookId, "inactive");
        await put(cacheName, "on");
      }
      const mine = client(await makeKey(operatorEnv ?? {}, { caches }));
      const { webhooks } = await page(mine, { state: "disabled" });
      expect(webhooks.map(({ id }) => `${id.cacheName}/${id.webhookName}`)).toEqual(
        caches.map((cacheName) => `${cacheName}/off`),
      );
      const { body } = await succeed(mine, "getOverview", {});
      const { counts } = z.parse(z.object({ response: Overview }), body).response;
      expect(counts).toEqual({ ok: 2, failing: 0, limited: 0, held: 0, disabled: 2 });
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
