import { expect, test } from "vitest";
import { openCacheList } from "../../../../shared/store/webhooks/cache-list.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const list = openCacheList();
const writer = openWebhookWriter();

test("a cache is listed with its first webhook, and stays when its last is deleted", async () => {
  expect(await list.page(undefined, 10)).toEqual({ cacheNames: [], last: undefined });
  for (const cacheName of ["b", "a"]) {
    const webhook = webhookWith({ webhookId: freshWebhookId(), cacheName });
    await writer.create(webhook, 10);
    if (cacheName === "b") await writer.remove(webhook, 0, 0);
  }
  expect(await list.page(undefined, 10)).toEqual({ cacheNames: ["a", "b"], last: undefined });
  expect(await list.page(undefined, 1)).toEqual({ cacheNames: ["a"], last: "a" });
  expect(await list.page("a", 1)).toEqual({ cacheNames: ["b"], last: undefined });
});

test("of many names those that there are, in the order in which they were asked for", async () => {
  const many = Array.from({ length: 150 }, (_, n) => `never ${n}`);
  expect(await list.existing(["b", ...many, "a"])).toEqual(["b", "a"]);
  expect(await list.existing([])).toEqual([]);
});

test("webhooks of many caches are counted together", async () => {
  for (const webhookName of ["one", "two"]) {
    const webhook = webhookWith({ webhookId: freshWebhookId(), cacheName: "counted", webhookName });
    await writer.create(webhook, 10);
  }
  const many = Array.from({ length: 150 }, (_, n) => `never ${n}`);
  expect(await list.countWebhooks([...many, "counted", "a"])).toBe(3);
});
