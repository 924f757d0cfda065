import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import {
  cutAfter,
  type Fault,
  failingWithin,
  throttledByDynamoDb,
  throttledBySqs,
  unprocessed,
} from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun({ visibilitySeconds: 15 });
const answers = new Map<string, (() => Answer)[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift()?.() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

test.each<[string, Fault]>([
  ["throttled", throttledByDynamoDb],
  ["left-unwritten", unprocessed],
  ["failing", failingWithin],
])("[row: throttled log row] a row that is %s does not bring its POST back", async (how, fault) => {
  const { path, webhookId } = await subscribeTo(how, "w");
  using rows = run.inject({ by: "deliver", action: "BatchWriteItem", about: webhookId }, fault);
  const messageId = await publish(run.call, how, "t", {});
  await eventually(() => run.lines.some((line) => isUnrecorded(line)));
  await eventually(() => run.lines.some((line) => line.includes('"Unrecorded":[1]')));
  await eventually(run.operator.isQuiet);
  expect(rows.struck.length).toBeGreaterThan(1);
  expect(postsTo(receiver, path)).toEqual([messageId]);
  run.lines.length = 0;
});

test("[row: throttled log row] nor does that of a retry which succeeded", async () => {
  const { path, webhookId } = await subscribeTo("retry", "w");
  const rules: Disposable[] = [];
  answers.set(path, [
    () => ({ status: 500 }),
    () => {
      for (const action of ["UpdateItem", "PutItem"])
        rules.push(run.inject({ by: "deliver", action, about: webhookId }, throttledByDynamoDb));
      return { status: 200 };
    },
  ]);
  const messageId = await publish(run.call, "retry", "t", {});
  await eventually(() => run.lines.some((line) => isUnrecorded(line)));
  await eventually(run.operator.isQuiet);
  for (const rule of rules) rule[Symbol.dispose]();
  expect(postsTo(receiver, path)).toEqual([messageId, messageId]);
});

test("[row: throttled count] a count that is throttled is given up, and brings no POST back", async () => {
  const { path, webhookId } = await subscribeTo("count", "w");
  using counts = run.inject(
    { by: "deliver", action: "UpdateItem", about: `stats/${webhookId}` },
    throttledByDynamoDb,
  );
  const messageId = await publish(run.call, "count", "t", {});
  await eventually(() =>
    run.lines.some((line) => line.includes("stats.unrecorded") && line.includes(webhookId)),
  );
  const head = await eventually(() => run.operator.headOf(webhookId, messageId));
  expect(head.status).toBe("delivered");
  await eventually(run.operator.isQuiet);
  expect(counts.struck.length).toBeGreaterThan(0);
  expect(postsTo(receiver, path)).toEqual([messageId]);
});

test.concurrent.each<[string, Fault]>([
  ["throttled", throttledBySqs],
  ["failing", failingWithin],
  ["cut", cutAfter],
])(
  "[row: retry state not stored] while the retry queue is %s, that record alone comes back",
  async (how, fault) => {
    const cacheName = `state-${how}`;
    const failing = await subscribeTo(cacheName, "failing");
    const well = await subscribeTo(cacheName, "well");
    answers.set(failing.path, [() => ({ status: 500 })]);
    // Three calls are one send of the SDK's.
    const target = {
      by: "deliver",
      action: "SendMessageBatch",
      about: failing.webhookId,
      times: 3,
    };
    using unsent = run.inject(target, fault);

    const messageId = await publish(run.call, cacheName, "t", {});
    await eventually(() => isDelivered(failing.webhookId, messageId));
    await eventually(run.operator.isQuiet);
    expect(unsent.struck).toHaveLength(3);
    expect(new Set(postsTo(receiver, failing.path))).toEqual(new Set([messageId]));
    expect(postsTo(receiver, well.path)).toEqual([messageId]);
    expect(await run.failuresOf("deliver")).toBe(0);
  },
);

function subscribeTo(cacheName: string, webhookName: string) {
  return subscribeProven(run.call, receiver, { cacheName, webhookName, topicName: "t" });
}

function isUnrecorded(line: string): boolean {
  return line.includes("delivery.unrecorded");
}

async function isDelivered(webhookId: string, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === "delivered";
}
