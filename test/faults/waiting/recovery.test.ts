import { afterAll, expect, test } from "vitest";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { recovered, startRecovery, tellRecovery } from "../../support/recoveries.ts";
import { seedFailures, seedMessages } from "../../support/seeded-log.ts";
import { recoveryWith, storeRecovery } from "../../unit/delivery/recover/recovery-deps.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import {
  afterwards,
  entriesOf,
  insteadOf,
  passing,
  throttledByDynamoDb,
  throttledBySqs,
} from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { holdBefore } from "../run/gate.ts";
import type { Target } from "../run/injector.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun({ visibilitySeconds: 15, recoverRate: 25 });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);

const publishedTimeMs = Date.now() - 3_600_000;
const count = 40;

async function webhookWithFailures(cacheName: string) {
  const webhook = await subscribe(run.call, receiver, {
    cacheName,
    webhookName: "w",
    topicName: "t",
  });
  const { webhookId } = webhook;
  const messageIds = await seedFailures({ cacheName, webhookId, count, publishedTimeMs });
  return { ...webhook, messageIds };
}

const killed = () => run.kill("recover");
const sends = { by: "recover", action: "SendMessageBatch", times: 1 };
const deaths: [string, Target, typeof insteadOf][] = [
  ["before it looks for anything", { by: "recover", action: "Query", times: 1 }, insteadOf],
  ["before it reads messages", { by: "recover", action: "BatchGetItem", times: 1 }, insteadOf],
  ["before it sends", { ...sends, about: "DeliveryQueue" }, insteadOf],
  ["in the middle of what it sends", { ...sends, about: "DeliveryQueue", after: 1 }, insteadOf],
  ["behind the first it sent", { ...sends, about: "DeliveryQueue" }, afterwards],
  [
    "before it notes a step",
    { by: "recover", action: "UpdateItem", after: 1, times: 1 },
    insteadOf,
  ],
  ["behind its note", { by: "recover", action: "UpdateItem", after: 1, times: 1 }, afterwards],
  ["before it hands over", { ...sends, about: "RecoverQueue", after: 1 }, insteadOf],
  ["behind its hand-over", { ...sends, about: "RecoverQueue", after: 1 }, afterwards],
];

test.each(deaths)(
  "[row: recovery dies] %s: each is sent, and posted once",
  async (when, target, fault) => {
    const { webhookId, path, messageIds } = await webhookWithFailures(when.replaceAll(" ", "-"));
    using death = run.inject(target, fault(killed));
    const jobId = await startRecovery(run.call, webhookId);
    const told = await recovered(run.call, webhookId, jobId);
    expect(death.struck).toHaveLength(1);
    expect(told).toMatchObject({ state: "completed", matched: count, enqueued: count });
    await eventually(() => new Set(postsTo(receiver, path)).size === count);
    await eventually(run.operator.isQuiet);
    expect(postsTo(receiver, path).sort()).toEqual(messageIds);
  },
);

test("[row: recovery dies] what is missing is noted and then sent, though it died in between", async () => {
  const cacheName = "missing";
  const { webhookId, path } = await subscribe(run.call, receiver, {
    cacheName,
    webhookName: "w",
    topicName: "t",
  });
  const messageIds = await seedMessages({ cacheName, count, publishedTimeMs });
  using death = run.inject({ ...sends, about: "DeliveryQueue", after: 1 }, insteadOf(killed));
  // None of them is attempted yet when the second recovery looks.
  const gate = holdBefore();
  using held = run.inject({ by: "deliver", action: "BatchGetItem", about: cacheName }, gate.fault);
  const jobId = await startRecovery(run.call, webhookId, { mode: "missing" });
  const first = await recovered(run.call, webhookId, jobId);
  expect(death.struck).toHaveLength(1);
  // They are noted by now: a second recovery leaves them to the first.
  const second = await startRecovery(run.call, webhookId, { mode: "missing" });
  const other = await recovered(run.call, webhookId, second);
  expect(held.answered).toEqual([]);
  gate.open();
  expect([first.matched, other.matched]).toEqual([count, 0]);
  await eventually(() => new Set(postsTo(receiver, path)).size === count);
  await eventually(run.operator.isQuiet);
  // It died after its first send, and sent the same again: copies that are handled at once are posted twice.
  expect(new Set(postsTo(receiver, path))).toEqual(new Set(messageIds));
});

test("[row: recovery dies] for good: it locks its webhook for an hour, and never posts beside its heir", async () => {
  const cacheName = "dead";
  const { webhookId, path, messageIds } = await webhookWithFailures(cacheName);
  const startedTimeMs = Date.now() - 7_200_000;
  const dead = recoveryWith({
    ...{ webhookId, step: 1, startedTimeMs, progressTimeMs: startedTimeMs, window: null },
    plan: messageIds.map((messageId) => ({ messageId, generation: 2 })),
  });
  await storeRecovery(dead, cacheName);
  const jobId = await startRecovery(run.call, webhookId);
  expect(await tellRecovery(run.call, webhookId, dead.jobId)).toMatchObject({ state: "stopped" });
  // Its step comes back out of the dead-letter queue.
  const step = { v: 1, webhookId, jobId: dead.jobId, step: 1 };
  await run.invoke("recover", sqsEvent(sqsRecord("redriven", step)));
  expect(await recovered(run.call, webhookId, jobId)).toMatchObject({ enqueued: count });
  await eventually(() => new Set(postsTo(receiver, path)).size === count);
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path).sort()).toEqual(messageIds);
});

test.each([
  ["the table throttles its note", { by: "recover", action: "UpdateItem" }, throttledByDynamoDb],
  ["the queue throttles what it sends", { ...sends, about: "DeliveryQueue" }, throttledBySqs],
] as const)("[row: recovery dies] %s: the step comes back", async (what, target, fault) => {
  const { webhookId, path, messageIds } = await webhookWithFailures(what.replaceAll(" ", "-"));
  // Three calls are one of the SDK's.
  using refusal = run.inject({ ...target, times: 3 }, fault);
  const jobId = await startRecovery(run.call, webhookId);
  expect(await recovered(run.call, webhookId, jobId)).toMatchObject({ enqueued: count });
  expect(refusal.struck).toHaveLength(3);
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path).sort()).toEqual(messageIds);
});

test.each(["inactive", "deleted"])(
  "[row: recovery dies] it stops when its webhook is %s, and sends no more",
  async (fate) => {
    const cacheName = `stopped-${fate}`;
    const { webhookId } = await webhookWithFailures(cacheName);
    using handOvers = run.inject(
      { by: "recover", action: "SendMessageBatch", about: "RecoverQueue", times: 2 },
      passing,
    );
    using sent = run.inject({ by: "recover", action: "SendMessageBatch" }, passing);
    const gate = holdBefore();
    using held = run.inject(
      { by: "recover", action: "GetItem", about: webhookId, after: 3 },
      gate.fault,
    );
    const jobId = await startRecovery(run.call, webhookId);
    await gate.reached;
    if (fate === "inactive") await calls.setStatus(webhookId, "inactive");
    else await calls.remove(cacheName);
    gate.open();
    const told = await recovered(run.call, webhookId, jobId);
    expect(told).toMatchObject({ state: "stopped", enqueued: 0 });
    expect(held.struck).not.toEqual([]);
    expect(handOvers.struck).toHaveLength(1);
    expect(sent.struck.flatMap(({ input }) => entriesOf(input))).toHaveLength(0);
    expect(await tellRecovery(run.call, webhookId, jobId)).toEqual(told);
  },
);
