import { afterAll, expect, test } from "vitest";
import { isSlow } from "../../../shared/domain/breaker/slowness.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { publish, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import { firstAttempt } from "../run/delivery-job.ts";
import { throttledBySqs, withheld } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";

const run = await startFaultyRun();
const healths = openHealthStore();

/** Answers when it is told to, and not before. */
const { promise: released, resolve: release } = Promise.withResolvers<void>();
const receiver = await startReceiver({
  handler: async () => {
    await released;
    return { status: 200 };
  },
});
afterAll(() => receiver[Symbol.asyncDispose]());

test("[row: dead webhook among healthy] first attempts at a receiver that hangs leave the first line", async () => {
  const webhook = await subscribeTo("hanging");
  await publish(run.call, webhook.cacheName, "t", {});
  await eventually(async () => isSlow(await healths.find(webhook.webhookId), Date.now()));

  // The invocation is over while the receiver still has answered nothing.
  const job = firstAttempt(webhook);
  const event = sqsEvent(sqsRecord("first", job));
  const { messageId } = job.message;
  using handedOn = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: messageId, times: 1 },
    withheld,
  );
  expect(await run.invoke("deliver", event)).toEqual({ batchItemFailures: [] });
  expect(postsTo(receiver, webhook.path)).not.toContain(messageId);
  // Among newcomers it would be as much in the way as in the first line.
  expect(handedOn.struck.map(({ input }) => input.QueueUrl)).toEqual([
    expect.stringContaining("/QueuesSlowQueue"),
  ]);

  await run.operator.sendAtOnce(handedOn.struck);
  release();
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, webhook.path)).toHaveLength(2);
  const head = await run.operator.headOf(webhook.webhookId, messageId);
  expect(head).toMatchObject({ status: "delivered", attemptCount: 1 });
});

test("[row: dead webhook among healthy] what the slow queue does not take comes back", async () => {
  const webhook = await subscribeTo("refused");
  const mark = { version: 1, failures: 0, timeouts: 0, failingSinceMs: null } as const;
  const slow = { ...mark, slowUntilMs: Date.now() + 60_000, breaker: { kind: "closed" } } as const;
  await healths.change(webhook, undefined, slow);

  const job = firstAttempt(webhook);
  const event = sqsEvent(sqsRecord("first", job));
  const { messageId } = job.message;
  using _ = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: messageId },
    throttledBySqs,
  );
  expect(await run.invoke("deliver", event)).toEqual({
    batchItemFailures: [{ itemIdentifier: "first" }],
  });
});

async function subscribeTo(cacheName: string) {
  const names = { cacheName, webhookName: "w" };
  return { ...names, ...(await subscribe(run.call, receiver, { ...names, topicName: "t" })) };
}
