import { afterAll, expect, test } from "vitest";
import { openSweepDeps, sweep } from "../../../functions/sweep.ts";
import { windowMs, windowStartMs } from "../../../shared/domain/messages/operational-event.ts";
import { openSuppressedEvents } from "../../../shared/store/messages/operational-events.ts";
import { publish, subscribe, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { insteadOf, passing } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";

const budget = 5;
const maxListeners = 10;
const run = await startFaultyRun({}, { EVENTS_PER_CACHE_PER_MINUTE: String(budget) });
const refusal = { status: 404, headers: { "webhook-delivery": "abort-message" } };
const receiver = await startReceiver({
  handler: ({ path }): Answer => (path.includes("/failing-") ? refusal : { status: 200 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

const suppressed = openSuppressedEvents();

test("[row: operational events] one publish to 15 failing webhooks is told in as many events as the budget has, and a summary", async () => {
  const cacheName = "amplified";
  await Promise.all(indexes(15).map((n) => subscribeTo(cacheName, `failing-${n}`, "t")));
  const tries = await Promise.all(indexes(15).map((n) => listen(cacheName, n)));
  const listeners = tries.flatMap(({ status, path }) => (status === 201 ? [path] : []));
  expect(listeners).toHaveLength(maxListeners);
  // The budget is the minute's: all fifteen failures must fall into one.
  await eventually(() => new Date().getSeconds() < 40);
  using counted = run.inject({ by: "deliver", action: "UpdateItem", about: cacheName }, passing);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => failuresOf(cacheName).length === 15);
  await eventually(run.operator.isQuiet);
  const told = listeners.flatMap((path) => postsTo(receiver, path));
  expect(told).toHaveLength(budget * maxListeners);
  expect(new Set(told).size).toBe(budget);
  expect(counted.struck.length).toBeLessThanOrEqual(15 + 2 * budget);

  await sweep(Number.MAX_VALUE, { ...openSweepDeps(), now: () => Date.now() + 3 * windowMs });
  await eventually(() => summariesTo(listeners).length === maxListeners);
  await eventually(run.operator.isQuiet);
  expect(summariesTo(listeners)).toHaveLength(maxListeners);
  expect(summariesTo(listeners)[0]).toMatchObject({
    counts: {
      "hookcast.delivery.failed": 15 - budget,
      "hookcast.webhook.disabled": 0,
      "hookcast.webhook.recovered": 0,
    },
    firstMessageId: messageId,
    lastMessageId: messageId,
  });
});

test("[row: operational events] of 15 listeners that are put at once, ten are put and the others are told why not", async () => {
  const tries = await Promise.all(indexes(15).map((n) => listen("crowded", n)));
  expect(tries.filter(({ status }) => status === 201)).toHaveLength(maxListeners);
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(15 - maxListeners);
});

test("[row: operational events] a sweep that dies before it deletes sends the summary again under the same messageId", async () => {
  const cacheName = "summary-twice";
  const { path } = await listen(cacheName, 0);
  await count(cacheName);
  using death = run.inject(
    { by: "sweep", action: "DeleteItem", about: cacheName, times: 1 },
    insteadOf(() => run.kill("sweep")),
  );
  await expect(run.invoke("sweep", {})).rejects.toThrow("exited");
  expect(death.struck).toHaveLength(1);
  await run.invoke("sweep", {});
  await eventually(() => postsTo(receiver, path).length === 2);
  expect(new Set(postsTo(receiver, path)).size).toBe(1);
  await run.invoke("sweep", {});
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toHaveLength(2);
});

test("[row: operational events] a sweep that dies before it sends loses nothing", async () => {
  const cacheName = "summary-late";
  const { path } = await listen(cacheName, 0);
  await count(cacheName);
  using _ = run.inject(
    { by: "sweep", action: "SendMessageBatch", about: cacheName, times: 1 },
    insteadOf(() => run.kill("sweep")),
  );
  await expect(run.invoke("sweep", {})).rejects.toThrow("exited");
  expect(postsTo(receiver, path)).toEqual([]);
  await run.invoke("sweep", {});
  await eventually(() => postsTo(receiver, path).length === 1);
});

/** As if events of the cache had been suppressed in a minute that is over. */
async function count(cacheName: string): Promise<void> {
  const startMs = windowStartMs(Date.now() - 5 * windowMs);
  await suppressed.add({
    cacheName,
    startMs,
    counts: { failed: 7, disabled: 1, recovered: 0, limited: 0 },
  });
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function subscribeTo(cacheName: string, webhookName: string, topicName: string) {
  return subscribe(run.call, receiver, { cacheName, webhookName, topicName });
}

async function listen(cacheName: string, n: number) {
  const webhookName = `listener-${n}`;
  const path = `/${cacheName}/${webhookName}`;
  const { status } = await run.call({
    method: "PUT",
    path: webhookPath(cacheName, webhookName),
    body: { destination: { postUrl: receiver.url + path }, topicName: "$hookcast" },
  });
  return { status, path };
}

function failuresOf(cacheName: string) {
  return receiver.deliveries.filter(({ path }) => path.startsWith(`/${cacheName}/failing-`));
}

function summariesTo(paths: readonly string[]) {
  return receiver.deliveries
    .filter(({ path }) => paths.includes(path))
    .map(({ body }) => JSON.parse(body.toString()))
    .filter(({ type }) => type === "hookcast.events.suppressed")
    .map(({ data }) => data);
}
