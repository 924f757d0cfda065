import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { startReceiver } from "../support/network/receiver.ts";
import { badFields, refusalOf } from "./gateway/refusal.ts";
import { createSession } from "./portal/sessions.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { subscribe, succeed } from "./webhooks.ts";

const { root, client } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

/** A topic of its own: the catalogue is for every cache. */
const topicName = `topic-${randomBytes(8).toString("hex")}`;
const examples = [{ id: "inv_1" }, { id: "inv_2", amount: 12.5 }];
for (const [event, type] of Object.entries({
  "invoice.paid": { examples },
  "7": { examples: ["seven"] },
  old: { examples: [1], status: "archived" },
  bare: {},
  internal: { examples: [1], audience: ["staff"] },
})) {
  await succeed(root, "putEventType", { topicName, event }, { json: type });
}

/** A cache has a rate of its own for all of its sessions, so each test has one. */
async function settle(wish: object = {}) {
  const cacheName = freshCache();
  // Neither its events nor its filter let any of the examples through.
  const webhook = await subscribe(
    root,
    receiver,
    { cacheName, webhookName: "w" },
    {
      ...{ topicName, events: ["other"], config: { filter: { event: ["nothing"] } } },
    },
  );
  await subscribe(root, receiver, { cacheName, webhookName: "another" }, { topicName });
  const settings = { permissions: ["resend"], topics: [topicName], audience: "public", ...wish };
  const session = client((await createSession(root, cacheName, settings)).token);
  const { webhookId } = webhook;
  const send = (json?: object) =>
    session.call("testWebhook", { webhookId }, json === undefined ? {} : { json });
  return { ...webhook, send };
}

const before = () => receiver.deliveries.length;

test.each([
  [{ event: "invoice.paid" }, "invoice.paid", examples[0]],
  [{ event: "invoice.paid", example: 1 }, "invoice.paid", examples[1]],
  [{ event: 7 }, "7", "seven"],
  [{ event: "old" }, "old", 1],
])("%j sends that example to the webhook alone, signed and marked", async (json, type, data) => {
  const { webhookId, path, send } = await settle();
  const start = before();
  const { body } = await send(json);
  expect(body).toMatchObject({ response: { delivered: true, statusCode: 200 } });
  const [delivery, ...others] = receiver.deliveries.slice(start);
  expect(others).toEqual([]);
  expect([delivery?.path, delivery?.refusal]).toEqual([path, undefined]);
  expect(delivery?.headers).toMatchObject({ "webhook-test": "true", "webhook-hops": "1" });
  expect(JSON.parse(String(delivery?.body))).toMatchObject({ type, data });
  const log = await succeed(root, "listDeliveries", { webhookId });
  expect(log.body).toMatchObject({ response: { deliveries: [] } });
});

test.each([undefined, {}])("%j sends what it always sent, without a mark", async (json) => {
  const { webhookId, send } = await settle();
  await send(json);
  const delivery = receiver.deliveries.at(-1);
  expect(delivery?.headers).not.toHaveProperty("webhook-test");
  expect(JSON.parse(String(delivery?.body))).toMatchObject({
    type: "hookcast.test",
    data: { test: true, webhookId, webhookName: "w" },
  });
});

test.each([
  [{ event: "bare" }, "event"],
  [{ event: "invoice.paid", example: 2 }, "example"],
  [{ event: "invoice.paid", example: 10 }, "example"],
  [{ event: "invoice.paid", example: 0.5 }, "example"],
  [{ event: "not a name" }, "event"],
  [{ example: 0 }, "event"],
  [{ what: 1 }, "what"],
])("%j is refused, and the receiver gets nothing", async (json, field) => {
  const { send } = await settle();
  const start = before();
  expect(refusalOf(await send(json))).toEqual(badFields(field));
  expect(before()).toBe(start);
});

test.each([
  ["an event without a type", {}, { event: "unknown" }, 404],
  ["a type for others", {}, { event: "internal" }, 404],
  ["an example for a webhook of another topic", { topics: ["x"] }, { event: "invoice.paid" }, 404],
  ["an example by who only reads", { permissions: ["read"] }, { event: "invoice.paid" }, 403],
])("%s is not sent", async (_, wish, json, status) => {
  const { send } = await settle(wish);
  const start = before();
  expect(refusalOf(await send(json))).toMatchObject({ status });
  expect(before()).toBe(start);
});
