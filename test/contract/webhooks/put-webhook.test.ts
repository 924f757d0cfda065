import { expect, test } from "vitest";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;
const fresh = () => ({ cacheName: freshCache(), webhookName: "billing" });

test("creates a webhook with 201 and the defaults, and answers its new secret", async () => {
  const id = fresh();
  const { status, secretString, webhookId, webhook } = await putWebhook(root, id);
  expect(status).toBe(201);
  expect(secretString).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhook).toEqual({
    webhookId,
    id,
    topicName: "paid",
    destination: plainBody.destination,
    productId: null,
    events: [],
    webhookStatus: "active",
    config: {
      url: plainBody.destination.postUrl,
      customHeader: {},
      customHeaders: {},
      format: "standard",
      timeoutSeconds: 15,
    },
    createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    lastModifiedTime: webhook.createdTime,
  });
  expect((await getWebhook(root, webhookId)).webhook).toEqual(webhook);
});

test("creates a complete webhook in one call", async () => {
  const id = fresh();
  const secretString = secretOf(32);
  const config = { customHeaders: { header1: "value_1" }, format: "thredd", timeoutSeconds: 30 };
  const body = { ...plainBody, id, productId: 12345, events: [101, "invoice.paid"], config };
  const put = await putWebhook(root, id, { ...body, secretString });
  expect(put.secretString).toBe(secretString);
  expect(put.webhook).toMatchObject({
    productId: 12345,
    events: [101, "invoice.paid"],
    config: { ...config, customHeader: config.customHeaders },
  });
});

test("replaces with 200 what it was sent and leaves the rest alone", async () => {
  const id = fresh();
  const config = { customHeader: { a: "1" }, format: "raw", timeoutSeconds: 3 };
  const first = await putWebhook(root, id, { ...plainBody, productId: 7, events: [1], config });
  await root.call(
    "updateWebhookStatus",
    { webhookId: first.webhookId },
    { json: { webhookStatus: "inactive" } },
  );

  const postUrl = "https://client_domain.com/elsewhere";
  const second = await putWebhook(root, id, { destination: { postUrl }, topicName: "refunded" });
  expect(second).toMatchObject({ status: 200, secretString: first.secretString });
  expect(second.webhook).toEqual({
    ...first.webhook,
    topicName: "refunded",
    destination: { postUrl },
    webhookStatus: "inactive",
    config: { ...first.webhook.config, url: postUrl },
    lastModifiedTime: second.webhook.lastModifiedTime,
  });
  expect(second.webhook.lastModifiedTime >= first.webhook.lastModifiedTime).toBe(true);
});

test("replaces every optional field, and takes null and empty for what they are", async () => {
  const id = fresh();
  const config = { customHeaders: { a: "1" }, format: "raw", timeoutSeconds: 3 };
  await putWebhook(root, id, { ...plainBody, productId: 7, events: [1], config });
  const secretString = secretOf(24);
  const next = { productId: null, events: [], config: { customHeaders: {}, format: "momento" } };
  const { webhook, ...put } = await putWebhook(root, id, { ...plainBody, ...next, secretString });
  expect(put.secretString).toBe(secretString);
  expect(webhook).toMatchObject({ productId: null, events: [] });
  expect(webhook.config).toMatchObject({ customHeaders: {}, format: "momento", timeoutSeconds: 3 });
});

test("gives a webhook that is deleted and put again a new id and a new secret", async () => {
  const id = fresh();
  const first = await putWebhook(root, id);
  await root.call("deleteWebhook", id);
  const second = await putWebhook(root, id);
  expect(second.status).toBe(201);
  expect(second.webhookId).not.toBe(first.webhookId);
  expect(second.secretString).not.toBe(first.secretString);
});

test("refuses an id that is not the path's, naming what differs", async () => {
  const id = fresh();
  const json = { ...plainBody, id: { ...id, webhookName: "other" } };
  const answer = await root.call("putWebhook", id, { json });
  expect(refusalOf(answer)).toEqual(badFields("id.webhookName"));
  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([]);
});

test("takes both names for the headers where they agree, and refuses them where they differ", async () => {
  const id = fresh();
  const agreeing = { customHeader: { a: "1", b: "2" }, customHeaders: { b: "2", a: "1" } };
  const { webhook } = await putWebhook(root, id, { ...plainBody, config: agreeing });
  expect(webhook.config.customHeader).toEqual({ a: "1", b: "2" });

  const config = { customHeader: { a: "1" }, customHeaders: { a: "2" } };
  const answer = await root.call("putWebhook", id, { json: { ...plainBody, config } });
  expect(refusalOf(answer)).toEqual(badFields("config.customHeader"));
});

test("never answers the secret in the webhook itself", async () => {
  const id = fresh();
  const { webhookId, secretString } = await putWebhook(root, id);
  const details = await root.call("getWebhookDetails", { webhookId });
  const list = await root.call("listWebhooks", { cacheName: id.cacheName });
  expect(details.text + list.text).not.toContain(secretString);
});
