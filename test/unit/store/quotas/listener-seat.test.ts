import { expect, test } from "vitest";
import {
  maxListeners,
  operationalTopic,
} from "../../../../shared/domain/messages/operational-event.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../../shared/domain/webhooks/webhook-record.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { transact } from "../../../../shared/store/table/database.ts";
import { conflict, openTable } from "../../../../shared/store/table/table.ts";
import { seatListener } from "../../../../shared/store/webhooks/topic-flags.ts";
import { openWebhookStore } from "../../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const store = openWebhookStore();
const writer = openWebhookWriter();
const table = openTable("WEBHOOKS_TABLE");
const refused = expect.objectContaining({
  code: "LIMIT_EXCEEDED_ERROR",
  status: 429,
  message: "a cache has at most 10 webhooks for the topic $hookcast",
});

let caches = 0;

/** Webhooks of a cache of its own. */
function freshCache() {
  caches += 1;
  const cacheName = `listeners ${caches}`;
  const webhook = (webhookName: string, changes: Partial<WebhookRecord> = {}) =>
    webhookWith({ webhookId: freshWebhookId(), cacheName, webhookName, ...changes });
  const listener = (webhookName: string) => webhook(webhookName, { topicName: operationalTopic });
  return {
    webhook,
    listener,
    create: (next: WebhookRecord) => writer.create(next, 1000),
    async fill(count: number) {
      for (let n = 0; n < count; n += 1) await writer.create(listener(`full ${n}`), 1000);
    },
    async count() {
      const page = await store.subscribers(cacheName, operationalTopic, { limit: 100 });
      return page.subscriptions.length;
    },
    /** Writes or deletes a subscription alone, as versions before the list did. */
    async putOld(webhookName: string) {
      await table.put({
        ...keys.subscription(cacheName, operationalTopic, webhookName),
        ...{ v: 1, webhookId: freshWebhookId(), webhookName },
        ...{ productId: null, events: [], status: "active" },
      });
    },
    async removeOld(webhookName: string) {
      const isThere = { text: "attribute_exists(pk)" };
      await table.remove(keys.subscription(cacheName, operationalTopic, webhookName), isThere);
      await table.remove(keys.webhook(cacheName, webhookName), isThere);
    },
  };
}

test("a cache has ten listeners; the eleventh is refused, and its room is free once one is gone", async () => {
  const { listener, create, fill, count } = freshCache();
  await fill(maxListeners - 1);
  const tenth = listener("tenth");
  expect(await create(tenth)).toBe("written");
  await expect(create(listener("eleventh"))).rejects.toEqual(refused);
  expect(await count()).toBe(maxListeners);
  await writer.remove(tenth, 0, 0);
  expect(await create(listener("eleventh"))).toBe("written");
  await expect(create(listener("twelfth"))).rejects.toEqual(refused);
});

test("a webhook that moves to the topic is one more, and one that moves away makes room", async () => {
  const { webhook, listener, create, fill, count } = freshCache();
  await fill(maxListeners - 1);
  const [mover, last] = [webhook("mover"), listener("last")];
  await create(mover);
  await create(last);
  const moved = changeWebhook(mover, { topicName: operationalTopic }, 1);
  await expect(writer.replace(mover, moved)).rejects.toEqual(refused);
  expect(await writer.replace(last, changeWebhook(last, { topicName: "paid" }, 1))).toBe("written");
  expect(await writer.replace(mover, moved)).toBe("written");
  expect(await count()).toBe(maxListeners);
});

test("a listener may be replaced, switched off and on where there is no room for another", async () => {
  const { listener, create, fill } = freshCache();
  await fill(maxListeners - 1);
  const last = listener("last");
  await create(last);
  const inactive = changeWebhook(last, { status: "inactive", url: "https://b.example" }, 1);
  expect(await writer.replace(last, inactive)).toBe("written");
  const active = changeWebhook(inactive, { status: "active", format: "momento" }, 2);
  expect(await writer.replace(inactive, active)).toBe("written");
});

test("of two that take the last room at once one must look again", async () => {
  const { listener, create, fill, count } = freshCache();
  await fill(maxListeners - 1);
  const written = await Promise.all(["a", "b", "c"].map((name) => create(listener(name))));
  expect(written.filter((one) => one === "written")).toHaveLength(1);
  expect(written.filter((one) => one === conflict)).toHaveLength(2);
  expect(await count()).toBe(maxListeners);
});

test("those from before the list count, more than ten go on, and none is added", async () => {
  const { listener, create, putOld, removeOld, count } = freshCache();
  for (let n = 0; n < maxListeners + 2; n += 1) await putOld(`old ${n}`);
  await expect(create(listener("new"))).rejects.toEqual(refused);
  expect(await count()).toBe(maxListeners + 2);
  for (const n of [0, 1, 2]) await removeOld(`old ${n}`);
  expect(await create(listener("new"))).toBe("written");
  await expect(create(listener("newer"))).rejects.toEqual(refused);
});

test("those that a version without the list has removed take no room", async () => {
  const { listener, create, fill, removeOld, count } = freshCache();
  await fill(maxListeners);
  for (const n of [0, 1]) await removeOld(`full ${n}`);
  expect(await create(listener("a"))).toBe("written");
  expect(await create(listener("full 0"))).toBe("written");
  await expect(create(listener("b"))).rejects.toEqual(refused);
  expect(await count()).toBe(maxListeners);
});

test("one that is listed and cannot be seen yet is not taken for removed", async () => {
  const { listener, fill, putOld, removeOld } = freshCache();
  await fill(3);
  await removeOld("full 1");
  const { checks } = await seatListener(table, listener("next"));
  await putOld("full 1");
  expect(await transact([...checks])).toEqual({ failed: [0] });
});

test("a listener of the momento format is counted and listed", async () => {
  const { webhook, create } = freshCache();
  const listener = webhook("w", { topicName: operationalTopic, format: "momento" });
  expect(await create(listener)).toBe("written");
  const page = await store.subscribers(listener.cacheName, operationalTopic, { limit: 2 });
  expect(page).toMatchObject({ numbered: true, subscriptions: [{ webhookName: "w" }] });
});

test("other topics have as many webhooks as the cache may hold", async () => {
  const { webhook, create } = freshCache();
  for (let n = 0; n <= maxListeners; n += 1) {
    expect(await create(webhook(`w${n}`))).toBe("written");
  }
});
