import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Webhook } from "../../../shared/contract/webhook.ts";
import type { Client } from "../client.ts";
import { makeKey } from "../gateway/keys.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { getWebhook, listWebhooks, putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root, client, operatorEnv } = await openService();
const Created = z.object({
  response: z.object({ secretString: z.string(), webhookId: z.string(), webhook: Webhook }),
});
const url = "https://client_domain.com/webhook";

async function create(by: Client, json: object) {
  const { status, headers, body } = await succeed(by, "createWebhook", {}, { json });
  return { status, etag: headers.etag, ...z.parse(Created, body).response };
}

test("creates what getWebhookDetails and getWebhookSecret then show", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const { status, etag, webhookId, webhook, secretString } = await create(root, {
    ...{ id, topicName: "paid", destination: { postUrl: url } },
    config: { url, customHeader: { a: "1" }, format: "raw" },
  });
  expect(status).toBe(201);
  expect(await getWebhook(root, webhookId)).toEqual({ webhook, etag });
  const secret = await succeed(root, "getWebhookSecret", id);
  expect(secret.body).toMatchObject({ response: { secret: secretString } });
});

test("a name in use is a 409 and changes nothing, and putWebhook still replaces", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const json = { id, config: { url } };
  await create(root, json);
  const before = await listWebhooks(root, id.cacheName);
  const again = await root.call("createWebhook", {}, { json });
  expect(refusalOf(again)).toEqual({
    ...{ status: 409, code: "ALREADY_EXISTS_ERROR", paths: ["id.webhookName"] },
  });
  expect(await listWebhooks(root, id.cacheName)).toEqual(before);
  expect((await putWebhook(root, id)).status).toBe(200);
});

test("of twins at once, one is created and the other refused", async () => {
  const json = { id: { cacheName: freshCache(), webhookName: "w" }, config: { url } };
  const twins = Array.from({ length: 5 }, () => root.call("createWebhook", {}, { json }));
  const statuses = (await Promise.all(twins)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409, 409, 409, 409]);
});

test("every bad field is told at once", async () => {
  const json = {
    ...{ id: { webhookName: " " }, topicName: "a/b", productId: "x", events: ["x y"], more: 1 },
    ...{ destination: { postUrl: "ftp://x" }, config: { url: "https://localhost/" } },
  };
  const answer = await root.call("createWebhook", {}, { json });
  expect(refusalOf(answer).paths).toEqual(
    expect.arrayContaining(
      badFields(
        ...["id.webhookName", "id.cacheName", "topicName", "productId", "events.0", "more"],
        ...["destination.postUrl", "config.url"],
      ).paths,
    ),
  );
});

describe.skipIf(operatorEnv === undefined)(
  "keys of some caches (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    test("the page's own body is enough for a key of one cache", async () => {
      const cacheName = freshCache();
      const mine = client(await makeKey(operatorEnv ?? {}, { caches: [cacheName] }));
      const page = {
        productId: 12345,
        events: [101, 102],
        config: { url, customHeaders: { header1: "value_1", header2: "value_2" } },
      };
      const { webhookId, webhook } = await create(mine, page);
      expect(webhook).toMatchObject({
        ...{ id: { cacheName, webhookName: webhookId }, topicName: "default" },
        ...page,
      });
      const put = await succeed(mine, "updateWebhookDetails", { webhookId }, { json: page });
      expect(put.body).toMatchObject({ response: page });
    });

    test("a key of several must name the cache, and one that it covers", async () => {
      const [one, two] = [freshCache(), freshCache()];
      const both = client(await makeKey(operatorEnv ?? {}, { caches: [one, two] }));
      const nameless = await both.call("createWebhook", {}, { json: { config: { url } } });
      expect(refusalOf(nameless)).toEqual(badFields("id.cacheName"));
      expect((await create(both, { id: { cacheName: two }, config: { url } })).status).toBe(201);
      const json = { id: { cacheName: freshCache() }, config: { url } };
      expect(refusalOf(await both.call("createWebhook", {}, { json }))).toMatchObject({
        ...{ status: 403, code: "PERMISSION_ERROR" },
      });
    });
  },
);
