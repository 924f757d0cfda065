import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { atOnce, openBreakerSteps, type Patient, sendsBack } from "../run/breaker-steps.ts";
import { entriesOf, passing, withheld, withoutDelay } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { holdBefore } from "../run/gate.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const maxDrainRate = 2;
const windowSeconds = 10;
const run = await startFaultyRun({ maxDrainRate });
const hanging = new Set<string>();
const receiver = await startReceiver({
  handler: ({ path }): Answer | Promise<Answer> =>
    hanging.has(path) ? new Promise(() => {}) : { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const { subscribeTo, put, publishMany, witnessed, isIn } = calls;
const steps = openBreakerSteps(calls);

test("[row: receiver comes back] what was parked is drained at the capped rate, nothing lost", async () => {
  const webhook = await subscribeTo("back");
  await put("back", `${receiver.url}${webhook.path}`, { timeoutSeconds: 1 });
  hanging.add(webhook.path);
  // No step is taken but the test's own, however long it takes.
  using _ticks = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: '\\"tick\\"' },
    withheld,
  );
  const tried = await publishMany("back", 10);
  await eventually(async () => (await steps.kindOf(webhook)) === "open");
  const parked = await publishMany("back", 20);
  // A record that was slow has come back meanwhile, and then waits twice.
  await eventually(async () => (await steps.parkedCount(webhook)) >= 30);
  expect(tried).toEqual(expect.arrayContaining(postsTo(receiver, webhook.path)));

  hanging.clear();
  await steps.tick(webhook);
  await eventually(async () => (await steps.kindOf(webhook)) === "draining");
  using sent = run.inject(sendsBack, atOnce);
  while ((await steps.parkedCount(webhook)) > 0) {
    using removed = run.inject(removalOf(webhook), passing);
    await steps.tick(webhook);
    await eventually(() => removed.answered.length > 0);
    const delays = sent.struck.splice(0).flatMap(({ input }) => entriesOf(input).map(delayOf));
    expect(delays.length).toBeLessThanOrEqual(maxDrainRate * windowSeconds);
    for (const second of new Set(delays)) {
      expect(delays.filter((delay) => delay === second).length).toBeLessThanOrEqual(maxDrainRate);
    }
  }
  for (const messageId of [...tried, ...parked]) {
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  }
});

test("[row: receiver comes back] what is parked again while a step deletes what it sent stays parked", async () => {
  const { webhook } = await steps.parkThree("reopened");
  await steps.drain(webhook);
  // The breaker opens again just before the queue takes what goes back.
  using _reopening = run.inject({ ...sendsBack, times: 1 }, async ({ input }, forward) => {
    await steps.open(webhook);
    return await forward(withoutDelay(input));
  });
  const removal = holdBefore();
  using _removal = run.inject(removalOf(webhook), removal.fault);
  const put = putOf(webhook);
  using parking = run.inject({ by: "deliver", action: "BatchWriteItem", about: put }, passing);
  await steps.tick(webhook);
  await removal.reached;
  // One call may put all of them.
  const puts = () =>
    parking.answered.flatMap(({ input }) => JSON.stringify(input).split(put).slice(1));
  await eventually(() => puts().length === 3);
  removal.open();
  await witnessed("reopened");
  expect(await steps.parkedCount(webhook)).toBe(3);
});

test("[row: receiver comes back] a step is taken even if an outcome is counted in the same moment", async () => {
  const { webhook, messageIds } = await steps.parkThree("overtaken");
  await steps.drain(webhook);
  using _ = run.inject(sendsBack, atOnce);
  using overtaking = run.inject(
    { by: "deliver", action: "PutItem", about: `health/${webhook.webhookId}`, times: 1 },
    async (_call, forward) => {
      await steps.count(webhook);
      return await forward();
    },
  );
  await steps.tick(webhook);
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  expect(overtaking.struck).toHaveLength(1);
});

function delayOf({ DelaySeconds = 0 }: { DelaySeconds?: number }): number {
  return DelaySeconds;
}

function removalOf({ webhookId }: Patient) {
  const about = `"DeleteRequest":{"Key":{"pk":{"S":"park/${webhookId}`;
  return { by: "deliver", action: "BatchWriteItem", about };
}

/** How a call says that a delivery is put aside. */
function putOf({ webhookId }: Patient): string {
  return `"PutRequest":{"Item":{"pk":{"S":"park/${webhookId}`;
}
