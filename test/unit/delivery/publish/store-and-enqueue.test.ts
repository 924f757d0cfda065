import { expect, test } from "vitest";
import { storeAndEnqueue } from "../../../../shared/delivery/publish/store-and-enqueue.ts";
import type { Message } from "../../../../shared/store/messages/message-store.ts";
import { factsWith, messageId, publishedTimeMs } from "../../samples.ts";
import { dispatchDeps, subscribersOf, subscriptions, subscriptionWith } from "./dispatch-deps.ts";

const message: Message = { facts: factsWith(), payload: { kind: "json", text: "{}" } };
const other = { ...message, facts: factsWith({ messageId: messageId.replace(/.$/, "8") }) };
const long: Message = { ...message, payload: { kind: "text", text: "x".repeat(61 * 1024) } };

test("sends one first attempt to each subscriber, with the value inside", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(2)));
  expect(await storeAndEnqueue([message], deps)).toEqual({ refused: new Set(), troubles: [] });
  expect(trace.jobs).toEqual(
    subscriptions(2).map(({ webhookId, webhookName }) => ({
      v: 1,
      webhookId,
      webhookName,
      generation: 1,
      attempt: 1,
      message: message.facts,
      payload: message.payload,
    })),
  );
  expect(trace.fanOutJobs).toEqual([]);
});

test.each([
  ["inactive", { status: "inactive" }],
  ["after other events", { events: [102, "101"] }],
  ["after another product", { productId: 7 }],
] as const)("passes over a subscriber that is %s", async (_, changes) => {
  const { deps, trace } = dispatchDeps(
    subscribersOf([subscriptionWith(changes as object), subscriptionWith({ events: [101] })]),
  );
  await storeAndEnqueue([{ ...message, facts: factsWith({ event: 101 }) }], deps);
  expect(trace.jobs).toHaveLength(1);
});

test("stores the message before anything is sent, for as long as it is kept", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(1)));
  await storeAndEnqueue([message], deps);
  expect(trace.order).toEqual(["store", "send"]);
  expect(trace.stored).toEqual([{ ...message, expiresAt: publishedTimeMs / 1000 + 30 * 86_400 }]);
});

test("sends nothing when the message could not be stored", async () => {
  const putAll = () => Promise.reject(new Error("throttled"));
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(1)), {
    messages: { putAll, nextNumbers: async () => 1 },
  });
  await expect(storeAndEnqueue([message], deps)).rejects.toThrow("throttled");
  expect(trace.jobs).toEqual([]);
});

test("carries a long value by reference", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(11)));
  await storeAndEnqueue([long], deps);
  expect(trace.jobs[0]).not.toHaveProperty("payload.text");
  expect(trace.fanOutJobs[0]).not.toHaveProperty("payload");
  expect(trace.stored).toMatchObject([{ payload: long.payload }]);
});

test("keeps without retention only what is carried by reference, beyond the horizon", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf([]), { retentionDays: 0 });
  await storeAndEnqueue([message, long], deps);
  expect(trace.stored).toHaveLength(1);
  expect(trace.stored[0]?.payload).toEqual(long.payload);
  expect(trace.stored[0]?.expiresAt).toBeGreaterThan(publishedTimeMs / 1000 + 7 * 86_400);
});

test("leaves more than ten subscribers to a job that goes on behind the tenth", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(11)));
  await storeAndEnqueue([message], deps);
  expect(trace.jobs).toHaveLength(10);
  expect(trace.fanOutJobs).toEqual([
    { v: 1, message: message.facts, payload: message.payload, after: "j" },
  ]);
});

test("leaves subscribers behind the page that was read to a job, also when none of the page wants the message", async () => {
  const uninterested = subscriptions(3).map((one) => ({ ...one, status: "inactive" as const }));
  const { deps, trace } = dispatchDeps(subscribersOf(uninterested, { last: "c" }));
  await storeAndEnqueue([message], deps);
  expect(trace.jobs).toEqual([]);
  expect(trace.fanOutJobs).toMatchObject([{ after: "c" }]);
});

test("asks for one row more than it sends to, and one for the topic's flags", async () => {
  const limits: number[] = [];
  const { deps } = dispatchDeps(subscribersOf([]), {
    webhooks: {
      async subscribers(_cache, _topic, { limit }) {
        limits.push(limit);
        return subscribersOf([]);
      },
    },
  });
  await storeAndEnqueue([message], deps);
  expect(limits).toEqual([12]);
});

test("numbers the messages of a topic that wants it, in jobs and in what is kept", async () => {
  const { deps, trace } = dispatchDeps(subscribersOf(subscriptions(1), { numbered: true }));
  await storeAndEnqueue([message, other], deps);
  expect(trace.jobs.map((job) => job.message.sequenceNumber)).toEqual([7, 8]);
  expect(trace.stored.slice(-2).map(({ facts }) => facts.sequenceNumber)).toEqual([7, 8]);
});

test("answers which messages the queues did not take in full", async () => {
  const refusesSecond = <Job extends { message: { messageId: string } }>(jobs: readonly Job[]) =>
    Promise.resolve(jobs.filter((job) => job.message.messageId === other.facts.messageId));
  const first = dispatchDeps(subscribersOf(subscriptions(2)), {
    deliveries: { send: refusesSecond },
  });
  expect((await storeAndEnqueue([message, other], first.deps)).refused).toEqual(
    new Set([other.facts.messageId]),
  );
  const rest = dispatchDeps(subscribersOf(subscriptions(11)), { fanOut: { send: refusesSecond } });
  expect((await storeAndEnqueue([message, other], rest.deps)).refused).toEqual(
    new Set([other.facts.messageId]),
  );
});

test("ten filtered subscribers cost the calls that ten others do: one read, one write, one queue", async () => {
  const callsFor = async (filter?: string) => {
    const calls: string[] = [];
    const filtered = subscriptions(10).map((one) => ({ ...one, filter }));
    const { deps, trace } = dispatchDeps(subscribersOf(filtered));
    const { webhooks, deliveries, messages } = deps;
    await storeAndEnqueue([message], {
      ...deps,
      webhooks: {
        subscribers: (...given) => calls.push("subscribers") && webhooks.subscribers(...given),
      },
      messages: { ...messages, putAll: (all) => calls.push("putAll") && messages.putAll(all) },
      deliveries: { send: (jobs) => calls.push("send") && deliveries.send(jobs) },
    } as typeof deps); // a push returns a length, which is never 0
    return { calls, jobs: trace.jobs.length };
  };
  const plain = await callsFor();
  expect(plain).toEqual({ calls: ["subscribers", "putAll", "send"], jobs: 10 });
  expect(await callsFor('{"contentType":[{"exists":true}]}')).toEqual(plain);
  expect(await callsFor('{"value":{"a":[1]}}')).toEqual({ ...plain, jobs: 0 });
});
