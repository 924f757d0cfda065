import { expect, test } from "vitest";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { getWebhook, plainBody, putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

const everything = {
  ...plainBody,
  productId: -7,
  events: [0, 101, "invoice.paid", "a_1.2"],
  config: {
    customHeaders: { "X-Token": "s3cr3t  with\tspaces", header2: "~!#$%&'*+-.^_`|" },
    format: "cloudevents",
    timeoutSeconds: 1,
  },
};

const details = {
  productId: 1,
  events: [1],
  config: { url: "https://client_domain.com/new", customHeaders: { a: "b" } },
};

async function freshWebhook(body: object = plainBody) {
  return putWebhook(root, { cacheName: freshCache(), webhookName: "w" }, body);
}

function update(webhookId: string, json: unknown) {
  return root.call("updateWebhookDetails", { webhookId }, { json });
}

test.each([
  "12345",
  "uniqueWebhookId",
  "whk_",
  "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0C",
  "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  "whk_81JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  "whk_01jdz4v9t2m6q8r5w3x7y1b0cn",
])("calls %s a malformed id", async (webhookId) => {
  const answer = await root.call("getWebhookDetails", { webhookId });
  expect(refusalOf(answer)).toEqual(badFields("webhookId"));
});

test("knows no webhook by an id that was never given", async () => {
  const answer = await root.call("getWebhookDetails", {
    webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  });
  expect(refusalOf(answer)).toEqual({ status: 404, code: "NOT_FOUND_ERROR", paths: [] });
});

test("updates the details and nothing else", async () => {
  const { webhook, webhookId, secretString } = await freshWebhook(everything);
  const answer = await update(webhookId, details);
  const { webhook: updated, etag } = await getWebhook(root, webhookId);
  expect(answer.body).toEqual({ status: "success", response: updated });
  expect(answer.headers.etag).toBe(etag);
  expect(updated).toEqual({
    ...webhook,
    productId: 1,
    events: [1],
    destination: { postUrl: details.config.url },
    config: {
      ...webhook.config,
      url: details.config.url,
      customHeader: { a: "b" },
      customHeaders: { a: "b" },
    },
    lastModifiedTime: updated.lastModifiedTime,
  });
  const secret = await succeed(root, "getWebhookSecret", webhook.id);
  expect(secret.text).toContain(secretString);
});

test("takes the headers under the name of the answers as well", async () => {
  const { webhookId } = await freshWebhook();
  const { url, customHeaders: customHeader } = details.config;
  const answer = await update(webhookId, { ...details, config: { url, customHeader } });
  expect(answer.body).toMatchObject({ response: { config: { customHeaders: { a: "b" } } } });
});

const { productId, events, config } = details;
test.each([
  ["productId", { events, config }],
  ["events", { productId, config }],
  ["config", { productId, events }],
  ["config.url", { ...details, config: { customHeaders: {} } }],
  ["config.customHeaders", { ...details, config: { url: config.url } }],
])("refuses an update without %s, and changes nothing", async (path, json) => {
  const { webhook, webhookId } = await freshWebhook(everything);
  expect(refusalOf(await update(webhookId, json))).toEqual(badFields(path));
  expect((await getWebhook(root, webhookId)).webhook).toEqual(webhook);
});

test("names every field that is missing", async () => {
  const { webhookId } = await freshWebhook();
  const answer = await update(webhookId, { config: {} });
  expect(refusalOf(answer)).toEqual(
    badFields("productId", "events", "config.url", "config.customHeaders"),
  );
});

test.each([
  "topicName",
  "id",
  "webhookName",
  "cacheName",
  "webhookId",
  "webhookStatus",
  "statusReason",
  "secret",
  "secretString",
  "createdTime",
  "lastModifiedTime",
  "destination",
  "programManager",
])("refuses an update of %s, which is not owned here", async (field) => {
  const { webhook, webhookId } = await freshWebhook();
  const answer = await update(webhookId, { ...details, [field]: "x" });
  expect(refusalOf(answer)).toEqual(badFields(field));
  expect((await getWebhook(root, webhookId)).webhook).toEqual(webhook);
});

test("takes back what it answered: productId, events and config of a GET are a legal PUT", async () => {
  const { webhookId } = await freshWebhook(everything);
  const { webhook } = await getWebhook(root, webhookId);
  const { productId, events, config } = webhook;
  const answer = await update(webhookId, { productId, events, config });
  expect(answer.body).toEqual({
    status: "success",
    response: { ...webhook, lastModifiedTime: expect.any(String) },
  });
  expect(webhook.config).toMatchObject(everything.config);
});
