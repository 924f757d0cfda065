import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe, succeed } from "../webhooks.ts";
import { publish, publishBatch } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

/** A topic with so many webhooks; gives their paths at the receiver. */
async function crowd(count: number) {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const subscriptions = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      const id = { cacheName: topic.cacheName, webhookName: `w${String(n).padStart(4, "0")}` };
      const config = n % 2 === 0 ? { format: "raw" } : {};
      return subscribe(root, receiver, id, {
        topicName: "t",
        config,
        events: n % 5 === 0 ? [101] : [],
      });
    }),
  );
  return { topic, subscriptions };
}

const arrivalsOf = (messageId: string) =>
  receiver.deliveries.filter((delivery) => delivery.messageId === messageId);

// The first ten are sent to at once; one more makes a job for the rest.
test.each([9, 10, 11, 12, 25])("each of %i subscribers gets a message once", async (count) => {
  const { topic, subscriptions } = await crowd(count);
  const messageId = await publish(root, topic, { json: { a: 1 }, query: { event: "101" } });
  const last = await publish(root, topic, { json: {}, query: { event: "101" } });
  for (const each of [messageId, last]) {
    await eventually(() => arrivalsOf(each).length >= count);
    const got = arrivalsOf(each);
    expect(got.map(({ path }) => path).sort()).toEqual(
      subscriptions.map(({ path }) => path).sort(),
    );
    expect(got.filter(({ refusal }) => refusal !== undefined)).toEqual([]);
  }
});

test("filters and statuses hold behind the first page as well", async () => {
  const { topic, subscriptions } = await crowd(25);
  const inactive = subscriptions.slice(3).filter((_, n) => n % 4 === 0);
  for (const { webhookId } of inactive) {
    await succeed(
      root,
      "updateWebhookStatus",
      { webhookId },
      { json: { webhookStatus: "inactive" } },
    );
  }
  const wanted = subscriptions.filter((one, n) => n % 5 !== 0 && !inactive.includes(one));
  const messageId = await publish(root, topic, { json: {}, query: { event: "102" } });
  await eventually(() => arrivalsOf(messageId).length >= wanted.length);
  const last = await publish(root, topic, { json: {}, query: { event: "101" } });
  await eventually(() => arrivalsOf(last).length >= 25 - inactive.length);
  expect(
    arrivalsOf(messageId)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(wanted.map(({ path }) => path).sort());
});

test("a long value reaches everybody whole, and so does each message of a batch", async () => {
  const { topic, subscriptions } = await crowd(12);
  const body = JSON.stringify("ä\u{1f600}".repeat(30_000));
  const long = await publish(root, topic, { body, query: { event: "101" } });
  const messages = Array.from({ length: 10 }, (_, value) => ({ value, event: 101 }));
  const results = await publishBatch(root, topic, { json: { messages } });

  const [raw] = subscriptions;
  const whole = await eventually(() => receiver.find(raw?.path ?? "", long));
  expect(whole.body.toString()).toBe(body);
  for (const { messageId = "" } of [{ messageId: long }, ...results]) {
    await eventually(() => arrivalsOf(messageId).length >= 12);
    expect(new Set(arrivalsOf(messageId).map(({ path }) => path)).size).toBe(12);
  }
});
