import { afterAll, expect, test } from "vitest";
import { jobForLane } from "../../../shared/domain/breaker/slowness.ts";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import { firstAttempt } from "../run/delivery-job.ts";
import { cutBefore, passing, withheld } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun({ visibilitySeconds: 6 });
/** What the receiver does with the POSTs to a path, one after the other; 200 in the end. */
const answers = new Map<string, (Answer | Promise<Answer>)[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const nothingFailed = { batchItemFailures: [] };

test("[row: same record twice] in one batch, makes one attempt and one chain", async () => {
  const { job, path, webhookId, messageId } = await prepare("batch", [{ status: 500 }]);
  const event = sqsEvent(sqsRecord("one", job), sqsRecord("two", job));
  expect(await run.invoke("deliver", event)).toEqual(nothingFailed);
  await eventually(() => isDelivered(webhookId, messageId));
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toEqual([messageId, messageId]);
  expect(await run.operator.laterAttempts(webhookId, messageId)).toEqual([2]);
});

test("[row: same record twice] at once, posts under one webhook-id and keeps one chain", async () => {
  const { promise: refusal, resolve: refuse } = Promise.withResolvers<Answer>();
  const { job, path, webhookId, messageId } = await prepare("at-once", [refusal, refusal]);
  const outcomes = Promise.all([
    run.invoke("deliver", sqsEvent(sqsRecord("one", job))),
    run.invoke("deliver", sqsEvent(sqsRecord("two", job))),
  ]);
  await eventually(() => postsTo(receiver, path).length === 2);
  refuse({ status: 500 });
  expect(await outcomes).toEqual([nothingFailed, nothingFailed]);
  await eventually(() => isDelivered(webhookId, messageId));
  await eventually(run.operator.isQuiet);
  // The twins, and the one second attempt that both have asked for.
  expect(postsTo(receiver, path)).toEqual([messageId, messageId, messageId]);
  expect(await run.operator.laterAttempts(webhookId, messageId)).toEqual([2]);
});

test("[row: same record twice] one after the other, posts once", async () => {
  const { path, webhookId } = await subscribeTo("after");
  const deletion = { by: "deliver", action: "DeleteMessageBatch" };
  using lost = run.inject({ ...deletion, times: 1 }, cutBefore);
  using next = run.inject(deletion, passing);
  const messageId = await publish(run.call, "after", "t", {});
  // The record comes back once it is visible again, and then is deleted.
  await eventually(() => next.answered.length > 0);
  await eventually(run.operator.isQuiet);
  expect(lost.struck).toHaveLength(1);
  expect(postsTo(receiver, path)).toEqual([messageId]);
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({ attemptCount: 1 });
});

test("[row: same record twice] a late success ends the chain that its twin began", async () => {
  const late = Promise.withResolvers<Answer>();
  const { job, path, webhookId, messageId } = await prepare("late", [
    late.promise,
    { status: 500 },
  ]);
  using chain = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: webhookId, times: 1 },
    withheld,
  );
  const first = run.invoke("deliver", sqsEvent(sqsRecord("one", job)));
  await eventually(() => postsTo(receiver, path).length === 1);
  await run.invoke("deliver", sqsEvent(sqsRecord("two", job)));
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({ status: "retrying" });
  late.resolve({ status: 200 });
  expect(await first).toEqual(nothingFailed);

  using leases = run.inject({ by: "deliver", action: "UpdateItem", about: messageId }, passing);
  await run.operator.sendAtOnce(chain.struck);
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toHaveLength(2);
  // The retry is over when it is received: it does not even ask for a lease.
  expect(leases.answered).toEqual([]);
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({ status: "delivered" });
});

test("[row: same record twice] a retry at once is posted by one of the two; the other hands it back", async () => {
  const late = Promise.withResolvers<Answer>();
  const { job, path, webhookId, messageId } = await prepare("retry", [late.promise]);
  const retry = sqsRecord("one", { ...job, attempt: 2, notBeforeMs: Date.now() });
  const first = run.invoke("deliver", sqsEvent(retry));
  await eventually(() => postsTo(receiver, path).length === 1);
  expect(await run.invoke("deliver", sqsEvent({ ...retry, messageId: "two" }))).toEqual({
    batchItemFailures: [{ itemIdentifier: "two" }],
  });
  late.resolve({ status: 200 });
  expect(await first).toEqual(nothingFailed);
  expect(await run.invoke("deliver", sqsEvent(retry))).toEqual(nothingFailed);
  expect(postsTo(receiver, path)).toEqual([messageId]);
  expect(await run.operator.laterAttempts(webhookId, messageId)).toEqual([2]);
});

async function subscribeTo(cacheName: string) {
  const to = { cacheName, webhookName: "w" };
  return { ...to, ...(await subscribeProven(run.call, receiver, { ...to, topicName: "t" })) };
}

async function prepare(cacheName: string, first: (Answer | Promise<Answer>)[]) {
  const webhook = await subscribeTo(cacheName);
  answers.set(webhook.path, first);
  // In the last lane, it is sent on to no other, however slow this machine is.
  const job = jobForLane(firstAttempt(webhook), "slow");
  return { ...webhook, job, messageId: job.message.messageId };
}

async function isDelivered(webhookId: string, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === "delivered";
}
