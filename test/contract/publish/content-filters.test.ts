import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import {
  getWebhook,
  listWebhooks,
  plainBody,
  putWebhook,
  subscribe,
  succeed,
} from "../webhooks.ts";
import { publish } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const filter = { value: { amount: [{ numeric: [">=", 100] }], currency: ["EUR"] } };
const withConfig = (config: object) => ({ ...plainBody, config });
const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });

test("a filter is shown as it was put, stays when it is left out, and null removes it", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(root, id, withConfig({ filter }));
  expect(webhook.config.filter).toEqual(filter);
  await putWebhook(root, id, withConfig({ timeoutSeconds: 3 }));
  const { webhook: kept } = await getWebhook(root, webhookId);
  expect(kept.config.filter).toEqual(filter);

  const { url, customHeaders } = kept.config;
  const update = (config: object) =>
    succeed(
      root,
      "updateWebhookDetails",
      { webhookId },
      {
        json: { productId: null, events: [], config: { url, customHeaders, ...config } },
      },
    );
  await update({});
  const { webhooks } = await listWebhooks(root, id.cacheName);
  expect(webhooks.map(({ config }) => config.filter)).toEqual([filter]);
  await update({ filter: null });
  expect((await getWebhook(root, webhookId)).webhook.config).not.toHaveProperty("filter");
});

test("every mistake in a filter is named by its path", async () => {
  const bad = { event: "paid", value: { a: [{ numeric: [">"] }, { regex: "." }], b: {} } };
  const answer = await root.call("putWebhook", fresh(), { json: withConfig({ filter: bad }) });
  expect(refusalOf(answer)).toEqual(
    badFields(
      "config.filter.event",
      "config.filter.value.a.0.numeric",
      "config.filter.value.a.1.regex",
      "config.filter.value.b",
    ),
  );
});

const wishes = {
  all: {},
  large: { filter },
  orders: { filter: { event: [{ prefix: "order." }], productId: [{ "anything-but": 8 }] } },
  json: { filter: { contentType: [{ prefix: "application/json" }] } },
  /** As EventBridge has it, `exists` asks for a leaf, and an object is none. */
  noLeaf: { filter: { value: [{ exists: false }], event: [{ exists: false }] } },
  text: { filter: { value: ["plain"] } },
};

/** What is published, and who receives it. */
const table: [Parameters<typeof publish>[2], (keyof typeof wishes)[]][] = [
  [{ json: { amount: 100, currency: "EUR" } }, ["all", "large", "json", "noLeaf"]],
  [{ json: { amount: 99, currency: "EUR" } }, ["all", "json", "noLeaf"]],
  [{ json: { amount: 1e3, currency: "USD" } }, ["all", "json", "noLeaf"]],
  [{ json: 1, query: { event: "order.paid" } }, ["all", "json"]],
  [{ json: 1, query: { event: "order.paid", productId: "8" } }, ["all", "json"]],
  [{ json: 1, query: { event: "order.paid", productId: "7" } }, ["all", "json", "orders"]],
  [{ body: "plain", headers: { "content-type": "text/plain" } }, ["all", "noLeaf"]],
  [
    {
      body: '{"amount":100,"currency":"EUR"}',
      headers: { "content-type": "application/octet-stream" },
    },
    ["all", "noLeaf"],
  ],
  [{ json: "plain" }, ["all", "json", "text"]],
];

test("a webhook receives what its filter matches, whether it is among the first ten or behind them", async () => {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const paths = new Map<string, string>();
  const put = async (webhookName: string, config: object) => {
    const id = { cacheName: topic.cacheName, webhookName };
    const { path } = await subscribe(root, receiver, id, { topicName: "t", config });
    paths.set(path, webhookName);
  };
  for (const [name, config] of Object.entries(wishes)) await put(`a-${name}`, config);
  for (let n = 0; n < 5; n += 1) await put(`b-${n}`, { filter: { event: ["never"] } });
  for (const [name, config] of Object.entries(wishes)) await put(`c-${name}`, config);

  const messageIds: string[] = [];
  for (const [sent] of table) messageIds.push(await publish(root, topic, sent));
  const receiversOf = (messageId: string) =>
    receiver.deliveries
      .filter((delivery) => delivery.messageId === messageId)
      .map(({ path }) => paths.get(path))
      .sort();
  const expected = table.map(([, names]) =>
    ["a", "c"].flatMap((at) => names.map((name) => `${at}-${name}`)).sort(),
  );
  const count = expected.flat().length;
  await eventually(() => messageIds.flatMap(receiversOf).length >= count);
  // One more to everybody: what should not have been sent would have come before it.
  const last = await publish(root, topic, { json: { amount: 100, currency: "EUR" } });
  await eventually(() => receiversOf(last).length >= 8);
  expect(messageIds.map(receiversOf)).toEqual(expected);
});

test("a long value is filtered behind the first ten, too", async () => {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const paths = new Map<string, string>();
  for (let n = 0; n < 12; n += 1) {
    const webhookName = `w-${String(n).padStart(2, "0")}`;
    const config =
      n < 10 ? { filter: { value: { size: [0] } } } : { filter: { value: { size: [n] } } };
    const id = { cacheName: topic.cacheName, webhookName };
    paths.set((await subscribe(root, receiver, id, { topicName: "t", config })).path, webhookName);
  }
  const messageId = await publish(root, topic, { json: { size: 11, text: "x".repeat(200_000) } });
  const arrived = () => receiver.deliveries.filter((delivery) => delivery.messageId === messageId);
  await eventually(() => arrived().length === 1);
  expect(arrived().map(({ path }) => paths.get(path))).toEqual(["w-11"]);
});

const Tested = z.object({
  response: z.object({ matches: z.boolean(), because: z.array(z.string()) }),
});

async function tested(json: object) {
  return z.parse(Tested, (await succeed(root, "testFilter", { cacheName: "any" }, { json })).body)
    .response;
}

test("testFilter tells whether a message matches, and which leaves decide", async () => {
  const value = { amount: 99, currency: "EUR" };
  expect(await tested({ filter, value })).toEqual({ matches: false, because: ["value.amount"] });
  expect(await tested({ filter, value: { ...value, amount: 100 } })).toEqual({
    matches: true,
    because: ["value.amount", "value.currency"],
  });
  const event = { filter: { event: ["a.b"], productId: [7] }, event: "a.b", value: null };
  expect(await tested({ ...event, productId: 7 })).toMatchObject({ matches: true });
  expect(await tested(event)).toEqual({ matches: false, because: ["productId"] });
  const text = { filter: { value: ["x"] }, value: "x" };
  expect(await tested(text)).toMatchObject({ matches: true });
  expect(await tested({ ...text, contentType: "text/plain" })).toMatchObject({ matches: false });
});

test("testFilter needs a value, and takes null for one", async () => {
  const answer = await root.call("testFilter", { cacheName: "any" }, { json: { filter } });
  expect(refusalOf(answer)).toEqual(badFields("value"));
  expect(await tested({ filter: { value: [null] }, value: null })).toMatchObject({ matches: true });
});
