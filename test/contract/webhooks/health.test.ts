import { expect, test } from "vitest";
import * as z from "zod";
import { Webhook } from "../../../shared/contract/webhook.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { listWebhooks, putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const Details = z.object({ response: Webhook });

async function healthOf(webhookId: string) {
  const answer = await succeed(
    root,
    "getWebhookDetails",
    { webhookId },
    { query: { include: "health" } },
  );
  return z.parse(Details, answer.body).response.health;
}

const setStatus = (webhookId: string, webhookStatus: string) =>
  succeed(root, "updateWebhookStatus", { webhookId }, { json: { webhookStatus } });

test("health is there only where it is asked for, and such an answer has no ETag and is no 304", async () => {
  const { webhookId, webhook, etag } = await putWebhook(root, {
    cacheName: freshCache(),
    webhookName: "w",
  });
  const plain = await succeed(root, "getWebhookDetails", { webhookId });
  expect(z.parse(Details, plain.body).response).not.toHaveProperty("health");
  const sent = { query: { include: "health" }, headers: { "if-none-match": etag } };
  const answer = await root.call("getWebhookDetails", { webhookId }, sent);
  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty("etag");
  expect(z.parse(Details, answer.body).response.health).toEqual({
    state: "ok",
    since: webhook.createdTime,
    lastSuccessTime: null,
    lastStatusCode: null,
    lastError: null,
    waiting: 0,
    nextProbeTime: null,
    nextFreeTime: null,
  });
});

test("a webhook that is inactive is disabled since then", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  await setStatus(webhookId, "inactive");
  expect(await healthOf(webhookId)).toMatchObject({ state: "disabled", waiting: 0 });
  await setStatus(webhookId, "active");
  expect(await healthOf(webhookId)).toMatchObject({ state: "ok" });
});

test("a list filters by state, and shows health only where that is asked for", async () => {
  const cacheName = freshCache();
  for (const webhookName of ["a", "b", "c"]) {
    const { webhookId } = await putWebhook(root, { cacheName, webhookName });
    if (webhookName === "b") await setStatus(webhookId, "inactive");
  }
  const namesIn = async (query: Record<string, string>) =>
    (await listWebhooks(root, cacheName, query)).webhooks.map(({ id }) => id.webhookName);
  expect(await namesIn({ state: "disabled" })).toEqual(["b"]);
  expect(await namesIn({ state: "ok" })).toEqual(["a", "c"]);
  expect(await namesIn({ state: "held,disabled,ok" })).toEqual(["a", "b", "c"]);
  expect(await namesIn({ state: "held" })).toEqual([]);
  const { webhooks } = await listWebhooks(root, cacheName, { include: "health" });
  expect(webhooks.map(({ health }) => health?.state)).toEqual(["ok", "disabled", "ok"]);
});

test.each([
  [{ state: "failing,broken" }, "state"],
  [{ state: "" }, "state"],
  [{ include: "stats" }, "include"],
  [{ include: "health", limit: "101" }, "limit"],
])("refuses %j and names the field", async (query, field) => {
  const cacheName = freshCache();
  const answer = await root.call("listWebhooks", { cacheName }, { query });
  expect(refusalOf(answer)).toEqual(badFields(field));
});

test("refuses to include anything else in a webhook's details", async () => {
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  const answer = await root.call(
    "getWebhookDetails",
    { webhookId },
    { query: { include: "stats" } },
  );
  expect(refusalOf(answer)).toEqual(badFields("include"));
});
