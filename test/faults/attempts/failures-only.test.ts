import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

/** A stack that keeps no message and, of deliveries, only those that did not succeed at once. */
const run = await startFaultyRun({}, { RETENTION_DAYS: "0", LOGS_SUCCESSES: "false" });
let isFailing = false;
const receiver = await startReceiver({ handler: () => ({ status: isFailing ? 503 : 200 }) });
afterAll(() => receiver[Symbol.asyncDispose]());

async function publishTo(cacheName: string) {
  const webhook = { cacheName, webhookName: "w", topicName: "t" };
  const { webhookId, path } = await subscribeProven(run.call, receiver, webhook);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(() => postsTo(receiver, path).includes(messageId));
  const head = () => run.operator.headOf(webhookId, messageId);
  return { messageId, head, posts: () => postsTo(receiver, path) };
}

test("leaves no row of what succeeds at once", async () => {
  const { messageId, head, posts } = await publishTo("succeeds");
  await eventually(run.operator.isQuiet);
  expect(posts()).toEqual([messageId]);
  expect(await head()).toBeUndefined();
});

test("says of what failed first that it was delivered in the end", async () => {
  isFailing = true;
  const { messageId, head, posts } = await publishTo("fails");
  await eventually(async () => (await head())?.status === "retrying");
  isFailing = false;
  await eventually(async () => (await head())?.status === "delivered");
  expect(new Set(posts())).toEqual(new Set([messageId]));
});
