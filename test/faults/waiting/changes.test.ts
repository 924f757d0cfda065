import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { withheld } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { holdBefore } from "../run/gate.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun();
/** What the receiver does with the POSTs to a path, one after the other; 200 in the end. */
const answers = new Map<string, (Answer | Promise<Answer>)[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const { subscribeTo, put, remove, setStatus, details, isIn } = openWebhookCalls(run, receiver);
const failure = { status: 500 };

test.concurrent("[row: webhook changes] deleted while its retry waits: no further POST", async () => {
  const { cacheName, path, sendRetry } = await waitingRetry("deleted-waiting");
  await remove(cacheName);
  await sendRetry();
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test.concurrent("[row: webhook changes] deleted while a POST is in flight: none follows", async () => {
  const { cacheName, path } = await subscribeTo("deleted-in-flight");
  const late = Promise.withResolvers<Answer>();
  answers.set(path, [late.promise]);
  await publish(run.call, cacheName, "t", {});
  await eventually(() => postsTo(receiver, path).length === 1);
  await remove(cacheName);
  late.resolve(failure);
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test.concurrent("[row: webhook changes] put again under its name: what waited is not for the new one", async () => {
  const { cacheName, path, messageId: old, sendRetry } = await waitingRetry("again");
  await remove(cacheName);
  await subscribeTo("again");
  await sendRetry();
  const fresh = await publish(run.call, cacheName, "t", {});
  await eventually(() => receiver.find(path, fresh));
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toEqual([old, fresh]);
  expect(receiver.find(path, fresh)?.refusal).toBeUndefined();
});

test.concurrent("[row: webhook changes] updated while its retry waits: the retry goes to the new URL", async () => {
  const { cacheName, path, webhookId, messageId, sendRetry } = await waitingRetry("updated");
  await put(cacheName, `${receiver.url}/updated/elsewhere`);
  await sendRetry();
  await eventually(() => receiver.find("/updated/elsewhere", messageId));
  await eventually(() => isIn("delivered", webhookId, messageId));
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test.concurrent("[row: webhook changes] inactive while its retry waits: the delivery is failed", async () => {
  const { path, webhookId, messageId, sendRetry } = await waitingRetry("inactive-waiting");
  await setStatus(webhookId, "inactive");
  await sendRetry();
  await eventually(() => isIn("failed", webhookId, messageId));
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({
    attemptCount: 1,
    error: "webhook inactive",
  });
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test.concurrent("[row: webhook changes] inactive while a POST is in flight: its success counts, its failure is the end", async () => {
  for (const [status, outcome] of [
    [200, "delivered"],
    [500, "failed"],
  ] as const) {
    const { cacheName, path, webhookId } = await subscribeTo(`in-flight-${status}`);
    const late = Promise.withResolvers<Answer>();
    answers.set(path, [late.promise]);
    const messageId = await publish(run.call, cacheName, "t", {});
    await eventually(() => postsTo(receiver, path).length === 1);
    await setStatus(webhookId, "inactive");
    late.resolve({ status });
    await eventually(() => isIn(outcome, webhookId, messageId));
    expect(postsTo(receiver, path)).toHaveLength(1);
  }
});

test.concurrent("[row: webhook changes] a 410 switches off the webhook that gave it", async () => {
  const { cacheName, path, webhookId } = await subscribeTo("gone");
  answers.set(path, [{ status: 410 }]);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => isIn("failed", webhookId, messageId));
  await eventually(async () => (await details(webhookId)).includes('"statusReason":"gone"'));
});

test.concurrent("[row: webhook changes] a 410 of the old URL does not switch off the repaired webhook", async () => {
  const { cacheName, path, webhookId } = await subscribeTo("repaired");
  const late = Promise.withResolvers<Answer>();
  answers.set(path, [late.promise]);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => postsTo(receiver, path).length === 1);
  const postUrl = `${receiver.url}/repaired/elsewhere`;
  await put(cacheName, postUrl);
  late.resolve({ status: 410 });
  await eventually(() => isIn("failed", webhookId, messageId));
  await eventually(run.operator.isQuiet);
  expect(await details(webhookId)).toContain('"webhookStatus":"active"');
  const next = await publish(run.call, cacheName, "t", {});
  await eventually(() => receiver.find("/repaired/elsewhere", next));
});

test("[row: webhook changes] deleted before its first attempt has looked at it: no POST", async () => {
  const { cacheName, path, webhookId } = await subscribeTo("deleted-before");
  const look = holdBefore();
  using _ = run.inject({ by: "deliver", action: "BatchGetItem", about: cacheName }, look.fault);
  await publish(run.call, cacheName, "t", {});
  await look.reached;
  await remove(cacheName);
  look.open();
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toEqual([]);
  expect(webhookId).toMatch(/^whk_/);
});

test("[row: webhook changes] inactive before its first attempt has looked at it: failed without a POST", async () => {
  const { cacheName, path, webhookId } = await subscribeTo("inactive-before");
  const look = holdBefore();
  using _ = run.inject({ by: "deliver", action: "BatchGetItem", about: cacheName }, look.fault);
  const messageId = await publish(run.call, cacheName, "t", {});
  await look.reached;
  await setStatus(webhookId, "inactive");
  look.open();
  await eventually(() => isIn("failed", webhookId, messageId));
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({ attemptCount: 0 });
  expect(postsTo(receiver, path)).toEqual([]);
});

/** A delivery whose first attempt has failed, and whose second waits until the test sends it. */
async function waitingRetry(cacheName: string) {
  const webhook = await subscribeTo(cacheName);
  const { path, webhookId } = webhook;
  answers.set(path, [failure]);
  const retry = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: webhookId, times: 1 },
    withheld,
  );
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => isIn("retrying", webhookId, messageId));
  return { ...webhook, messageId, sendRetry: () => run.operator.sendAtOnce(retry.struck) };
}
