import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { atOnce, openBreakerSteps, sendsBack } from "../run/breaker-steps.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun();
const right = "/right";
const receiver = await startReceiver({
  handler: ({ path }) => ({ status: path.startsWith(right) ? 200 : 500 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const { subscribeTo, publishMany, put, isIn } = calls;
const steps = openBreakerSteps(calls);

/** Three deliveries that have failed and wait for their time, none of them put aside. */
async function threeWait(cacheName: string) {
  const webhook = await subscribeTo(cacheName);
  const messageIds = await publishMany(cacheName, 3);
  for (const messageId of messageIds)
    await eventually(() => isIn("retrying", webhook.webhookId, messageId));
  return { webhook, messageIds, path: `${right}/${cacheName}` };
}

test("[row: webhook is repaired] what waits for its time goes to the right URL, once each", async () => {
  const { webhook, messageIds, path } = await threeWait("waits");
  await steps.open(webhook);
  using _ = run.inject(sendsBack, atOnce);
  await put("waits", receiver.url + path);
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  await put("waits", receiver.url + path);
  expect(postsTo(receiver, path).toSorted()).toEqual(messageIds.toSorted());
});

test("[row: webhook is repaired] a resume that is asked for twice is one run", async () => {
  const { webhook, messageIds, path } = await threeWait("twice");
  await put("twice", receiver.url + path);
  const resume = { method: "POST", path: `/api/v1/Webhooks/${webhook.webhookId}/resume` };
  const answers = await Promise.all([run.call(resume), run.call(resume)]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  expect(postsTo(receiver, path).toSorted()).toEqual(messageIds.toSorted());
});
