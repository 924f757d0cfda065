import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { Sent } from "../client.ts";
import { refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe } from "../webhooks.ts";
import { publish } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const topic = { cacheName: freshCache(), topicName: "t" };
const { path } = await subscribe(
  root,
  receiver,
  { ...topic, webhookName: "w" },
  { topicName: "t" },
);

const keyed = (key: string, sent: Sent = {}): Sent => ({
  body: '{"amount":12}',
  ...sent,
  headers: { "content-type": "application/json", "idempotency-key": key, ...sent.headers },
});

/** Waits for a message published after all others, so that whatever they cause has been caused. */
async function settle(): Promise<void> {
  const last = await publish(root, topic);
  await eventually(() => receiver.find(path, last));
}

const arrivals = (messageId: string) =>
  receiver.deliveries.filter((delivery) => delivery.messageId === messageId).length;

test("answers the same messageId to the same request and delivers it once", async () => {
  const first = await publish(root, topic, keyed("again"));
  await eventually(() => arrivals(first) > 0);
  expect(await publish(root, topic, keyed("again"))).toBe(first);
  expect(await publish(root, topic, keyed("again"))).toBe(first);
  await settle();
  expect(arrivals(first)).toBe(1);
});

test("gives 20 twins at once one messageId", async () => {
  const twins = Array.from({ length: 20 }, () => publish(root, topic, keyed("twins")));
  const ids = new Set(await Promise.all(twins));
  expect(ids.size).toBe(1);
  // A twin that waits in vain for a slow first one sends as well, as the same message.
  const [messageId = ""] = ids;
  await eventually(() => arrivals(messageId) > 0);
});

test("takes one of 20 different requests at once and refuses the others", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      root.call("publish", topic, keyed("rivals", { body: `${n}` })),
    ),
  );
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
});

const original = { query: { event: "101", productId: "7" } };
const otherType = { "content-type": "application/vnd.example+json" };

test.each<[string, Sent]>([
  ["body", { ...original, body: '{"amount":13}' }],
  ["spelling of the body", { ...original, body: '{"amount": 12}' }],
  ["content type", { ...original, headers: otherType }],
  ["event", { query: { event: "102", productId: "7" } }],
  ["kind of event", { query: { event: "a101", productId: "7" } }],
  ["productId", { query: { event: "101", productId: "8" } }],
  ["lack of a productId", { query: { event: "101" } }],
  ["lack of an event", { query: { productId: "7" } }],
])("refuses a used key with another %s", async (what, sent) => {
  const key = `differs/${what}`.replaceAll(" ", "-");
  const messageId = await publish(root, topic, keyed(key, original));
  const answer = await root.call("publish", topic, keyed(key, sent));
  expect(refusalOf(answer)).toMatchObject({ status: 409, code: "ALREADY_EXISTS_ERROR" });
  expect(await publish(root, topic, keyed(key, original))).toBe(messageId);
});

test("keeps the keys of topics and of caches apart", async () => {
  const first = await publish(root, topic, keyed("scope"));
  const elsewhere = [
    await publish(root, { ...topic, topicName: "u" }, keyed("scope")),
    await publish(root, { ...topic, cacheName: freshCache() }, keyed("scope")),
    await publish(root, topic, keyed("Scope")),
  ];
  expect(new Set([first, ...elsewhere]).size).toBe(4);
});

test("takes keys of 1 to 255 visible characters and no others", async () => {
  for (const key of ["!", "~".repeat(255)]) await publish(root, topic, keyed(key));
  for (const key of ["", "a b", "a".repeat(256), "\u00e9"]) {
    const answer = await root.call("publish", topic, keyed(key));
    expect(refusalOf(answer)).toMatchObject({ status: 400, paths: ["idempotency-key"] });
  }
});

test("publishes anew where there is no key", async () => {
  const sent = { body: "{}" };
  expect(await publish(root, topic, sent)).not.toBe(await publish(root, topic, sent));
});
