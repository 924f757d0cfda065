import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import { firstAttempt } from "../run/delivery-job.ts";
import { cutAfter, throttledByDynamoDb, throttledBySqs } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const hour = 3600;
const run = await startFaultyRun({ visibilitySeconds: hour });
const answers = new Map<string, () => Answer | Promise<Answer>>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

test("[row: killed after k of 10] by the same one each time, that one alone ends as a dead letter", async () => {
  const webhooks = await Promise.all(
    ["killer", "a", "b", "c", "d", "e", "f", "g", "h", "i"].map((webhookName) =>
      subscribeTo("killing", webhookName),
    ),
  );
  const [killer, ...others] = webhooks as [(typeof webhooks)[0], ...typeof webhooks];
  answers.set(killer.path, async () => {
    await run.kill("deliver");
    return { status: 200 };
  });
  const messageId = await publish(run.call, "killing", "t", {});

  const isBuried = async () =>
    (await run.operator.peek("QueuesDeliveryDeadLetters")).some((body) =>
      body.includes(killer.webhookId),
    );
  await eventually(isBuried);
  for (const { webhookId } of others) await eventually(() => isDelivered(webhookId, messageId));
  await eventually(run.operator.isQuiet);
  // Twice among others, and then five times alone.
  expect(postsTo(receiver, killer.path)).toHaveLength(7);
  for (const { path } of others) expect(postsTo(receiver, path).length).toBeLessThanOrEqual(3);
  expect(await run.operator.headOf(killer.webhookId, messageId)).toMatchObject({
    status: "pending",
    nextAttemptTimeMs: null,
    starts: { count: 0 },
  });
});

test("[row: retry state not stored] however often, it is handed back and never given up", async () => {
  const webhook = await subscribeTo("throttled", "w");
  answers.set(webhook.path, () => ({ status: 500 }));
  const job = firstAttempt({ ...webhook, cacheName: "throttled", webhookName: "w" });
  const invoke = (receiveCount: number) =>
    run.invoke("deliver", sqsEvent(sqsRecord("m", job, receiveCount)));
  const handedBack = { batchItemFailures: [{ itemIdentifier: "m" }] };
  {
    using _ = run.inject(
      { by: "deliver", action: "SendMessageBatch", about: webhook.webhookId },
      throttledBySqs,
    );
    for (let times = 1; times <= 9; times += 1) expect(await invoke(times)).toEqual(handedBack);
  }
  {
    using _ = run.inject({ by: "deliver", action: "BatchGetItem" }, throttledByDynamoDb);
    for (let times = 10; times <= 12; times += 1) expect(await invoke(times)).toEqual(handedBack);
  }
  answers.delete(webhook.path);
  expect(await invoke(13)).toEqual({ batchItemFailures: [] });
  expect(await isDelivered(webhook.webhookId, job.message.messageId)).toBe(true);
});

test("[row: retry state not stored] what is handed back comes back soon", async () => {
  const { path, webhookId } = await subscribeTo("soon", "w");
  using fault = run.inject(
    { by: "deliver", action: "BatchGetItem", about: webhookId, times: 3 },
    throttledByDynamoDb,
  );
  const messageId = await publish(run.call, "soon", "t", {});
  await eventually(() => isDelivered(webhookId, messageId));
  expect(fault.struck).toHaveLength(3);
  expect(postsTo(receiver, path)).toEqual([messageId]);
});

test("[row: dies between lease and POST] a lease whose answer was lost is the caller's own", async () => {
  const { path, webhookId } = await subscribeTo("lost", "w");
  const first: Answer[] = [{ status: 500 }];
  answers.set(path, () => first.shift() ?? { status: 200 });
  using loss = run.inject(
    { by: "deliver", action: "UpdateItem", about: "leaseUntilMs <= :now", times: 1 },
    cutAfter,
  );
  const messageId = await publish(run.call, "lost", "t", {});
  await eventually(() => isDelivered(webhookId, messageId));
  expect(loss.struck).toHaveLength(1);
  expect(run.lines.filter((line) => line.includes("being made elsewhere"))).toEqual([]);
  expect(postsTo(receiver, path)).toEqual([messageId, messageId]);
});

async function isDelivered(webhookId: string, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === "delivered";
}

function subscribeTo(cacheName: string, webhookName: string) {
  return subscribeProven(run.call, receiver, { cacheName, webhookName, topicName: "t" });
}
