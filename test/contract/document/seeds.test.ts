import { expect, test } from "vitest";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { putWebhook, succeed } from "../webhooks.ts";

const { root } = await openService();

/** What the page about webhook details sends to update them. */
const update = {
  productId: 12345,
  events: [101, 102],
  config: {
    url: "https://client_domain.com/webhook",
    customHeaders: { header1: "value_1", header2: "value_2" },
  },
};

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** What the same page shows as the answer. */
const shown = {
  productId: 12345,
  events: [101, 102],
  webhookStatus: "active",
  config: {
    url: "https://client_domain.com/webhook",
    customHeader: { header1: "value_1", header2: "value_2" },
  },
  createdTime: time,
  lastModifiedTime: time,
};

test("takes the Webhook object of the one page and answers its secretString", async () => {
  const id = { cacheName: freshCache(), webhookName: "my-webhook" };
  const json = {
    id,
    destination: { postUrl: "https://example.com/webhook" },
    topicName: "my-topic",
  };
  const put = await succeed(root, "putWebhook", id, { json });
  expect(put.body).toMatchObject({
    status: "success",
    response: { secretString: expect.any(String) },
  });

  const list = await succeed(root, "listWebhooks", { cacheName: id.cacheName });
  expect(list.body).toMatchObject({ status: "success", response: { webhooks: [json] } });
});

test("answers the secret with the page's three fields and no other", async () => {
  const id = { cacheName: freshCache(), webhookName: "my-webhook" };
  const { secretString } = await putWebhook(root, id);
  const answer = await succeed(root, "getWebhookSecret", id);
  expect(answer.body).toEqual({ status: "success", response: { secret: secretString, ...id } });
});

test("answers a deletion with no additional data", async () => {
  const id = { cacheName: freshCache(), webhookName: "my-webhook" };
  await putWebhook(root, id);
  const answer = await succeed(root, "deleteWebhook", id);
  expect(answer.body).toEqual({ status: "success", response: {} });
});

test("takes the other page's update as it stands and answers the page's fields", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  const updated = await succeed(root, "updateWebhookDetails", { webhookId }, { json: update });
  expect(updated.body).toMatchObject({ status: "success", response: { webhookId, ...shown } });

  const details = await succeed(root, "getWebhookDetails", { webhookId });
  expect(details.body).toEqual(updated.body);
});

test("answers an update of the status with the page's sentence", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  for (const webhookStatus of ["inactive", "active"]) {
    const json = { webhookStatus };
    const answer = await succeed(root, "updateWebhookStatus", { webhookId }, { json });
    expect(answer.body).toEqual({
      status: "success",
      response: { webhookId, webhookStatus: `Webhook is ${webhookStatus}.` },
    });
  }
});

test("serves the pages' address literally, with its capital letter", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  const get = (target: string) => root.send({ method: "GET", target });
  expect((await get(`/api/v1/Webhooks/${webhookId}`)).status).toBe(200);
  expect((await get(`/api/v1/webhooks/${webhookId}`)).status).toBe(404);
});
