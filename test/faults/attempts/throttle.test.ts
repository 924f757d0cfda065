import { afterAll, expect, test } from "vitest";
import { publish, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, type Delivery, startReceiver } from "../../support/network/receiver.ts";
import { afterwards } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun({ retryScheduleSeconds: [5, 30, 30, 30, 30] });
const answers = new Map<string, (delivery: Delivery) => Answer>();
const receiver = await startReceiver({
  handler: (delivery) => answers.get(delivery.path)?.(delivery) ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const patient = { timeoutMs: 110_000 };

test("[row: more than maxPerSecond] each waits for a slot of the rate, and all arrive", async () => {
  const webhook = await limited("spaced", 2);
  const startMs = Date.now();
  const messageIds = await publishMany("spaced", 12);
  await eventually(() => new Set(postsTo(receiver, webhook.path)).size === 12, patient);
  expect(postsTo(receiver, webhook.path).toSorted()).toEqual(messageIds.toSorted());
  expectSpaced(webhook.path, startMs, 2);
});

test("[row: more than maxPerSecond] without a rate, 429s make one", async () => {
  const { path } = await subscribeProven(run.call, receiver, {
    cacheName: "slowed",
    webhookName: "w",
    topicName: "t",
  });
  const taken: number[] = [];
  let refused = 0;
  answers.set(path, ({ receivedTimeMs }) => {
    const inTheSecond = taken.filter((timeMs) => timeMs > receivedTimeMs - 1_000).length;
    if (inTheSecond < 4) taken.push(receivedTimeMs);
    else refused += 1;
    return { status: inTheSecond < 4 ? 200 : 429 };
  });
  await publishMany("slowed", 40);
  await eventually(() => taken.length === 40, patient);
  // Each that is refused on its own would be so again and again: 40 at once and then all but four of them.
  expect(refused).toBeLessThan(40);
});

test("[row: more than maxPerSecond] a pause that a receiver asks for holds everything, and a resume ends it", async () => {
  const { path, webhookId } = await subscribeProven(run.call, receiver, {
    cacheName: "paused",
    webhookName: "w",
    topicName: "t",
  });
  answers.set(path, () => ({ status: 503, headers: { "retry-after": "3600" } }));
  const [first = ""] = await publishMany("paused", 1);
  await eventually(async () => (await statusOf(webhookId, first)) === "retrying");
  answers.delete(path);
  for (const messageId of await publishMany("paused", 5)) {
    await eventually(async () => (await statusOf(webhookId, messageId)) === "pending");
  }
  expect(postsTo(receiver, path)).toHaveLength(1);

  const activated = await run.call({
    method: "PUT",
    path: `/api/v1/Webhooks/${webhookId}/status`,
    body: { webhookStatus: "active" },
  });
  expect(activated.status).toBe(200);
  await eventually(() => new Set(postsTo(receiver, path)).size === 6, patient);
});

test("[row: more than maxPerSecond] dying between a reservation and the POST loses nothing", async () => {
  const { path } = await limited("dying", 5);
  using death = run.inject(
    { by: "deliver", action: "UpdateItem", about: "slots/", times: 1 },
    afterwards(() => run.kill("deliver")),
  );
  const startMs = Date.now();
  const messageIds = await publishMany("dying", 5);
  await eventually(() => new Set(postsTo(receiver, path)).size === 5, patient);
  expect(death.struck).toHaveLength(1);
  expect(new Set(postsTo(receiver, path))).toEqual(new Set(messageIds));
  expectSpaced(path, startMs, 5);
});

async function statusOf(webhookId: string, messageId: string) {
  return (await run.operator.headOf(webhookId, messageId))?.status;
}

async function limited(cacheName: string, maxPerSecond: number) {
  const subscription = { cacheName, webhookName: "w", topicName: "t" };
  const made = await subscribeProven(run.call, receiver, subscription);
  const answer = await run.call({
    method: "PUT",
    path: webhookPath(cacheName, "w"),
    body: {
      destination: { postUrl: receiver.url + made.path },
      topicName: "t",
      config: { maxPerSecond },
    },
  });
  expect(answer.status).toBe(200);
  return made;
}

function publishMany(cacheName: string, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, n) => publish(run.call, cacheName, "t", { n })),
  );
}

/**
 * Expects that no POST came before its slot, of which the first may be at that time. That they come late and then
 * together says nothing: a busy machine holds up any of them.
 */
function expectSpaced(path: string, startMs: number, perSecond: number): void {
  const times = receiver.deliveries
    .filter((delivery) => delivery.path === path)
    .map(({ receivedTimeMs }) => receivedTimeMs)
    .filter((timeMs) => timeMs >= startMs);
  for (const [n, timeMs] of times.entries()) {
    expect(timeMs - startMs).toBeGreaterThanOrEqual((n * 1_000) / perSecond);
  }
}
