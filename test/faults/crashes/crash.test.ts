import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { afterwards } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun({ visibilitySeconds: 10 });
let answer: (path: string) => Answer | Promise<Answer> = () => ({ status: 200 });
const receiver = await startReceiver({ handler: ({ path }) => answer(path) });
afterAll(() => receiver[Symbol.asyncDispose]());

const quick = ["a", "b", "c", "d"];
const slow = ["e", "f", "g", "h", "i", "j"];

test("[row: killed after k of 10] the done ones stay done and the others come back", async () => {
  const webhooks = await Promise.all(
    [...quick, ...slow].map(async (webhookName) => ({
      webhookName,
      ...(await subscribeProven(run.call, receiver, {
        cacheName: "ten",
        webhookName,
        topicName: "t",
      })),
    })),
  );
  const done = webhooks.filter(({ webhookName }) => quick.includes(webhookName));
  const others = webhooks.filter((webhook) => !done.includes(webhook));
  answer = (path) =>
    done.some((webhook) => webhook.path === path) ? { status: 200 } : new Promise(() => {});

  const messageId = await publish(run.call, "ten", "t", {});
  for (const { webhookId } of done) await eventually(() => isDelivered(webhookId, messageId));
  for (const { path } of others) await eventually(() => postsTo(receiver, path).length > 0);
  answer = () => ({ status: 200 });
  await run.kill("deliver");

  for (const { webhookId } of others) await eventually(() => isDelivered(webhookId, messageId));
  await eventually(run.operator.isQuiet);
  for (const { path } of done) expect(postsTo(receiver, path)).toEqual([messageId]);
  for (const { path } of others)
    expect(new Set(postsTo(receiver, path))).toEqual(new Set([messageId]));
});

test("[row: dies between lease and POST] the attempt is made once the lease has expired", async () => {
  const webhook = { cacheName: "lease", webhookName: "w", topicName: "t" };
  const { path, webhookId } = await subscribeProven(run.call, receiver, webhook);
  const first = [{ status: 500 }];
  answer = () => first.shift() ?? { status: 200 };
  using death = run.inject(
    { by: "deliver", action: "UpdateItem", about: "leaseUntilMs <= :now", times: 1 },
    afterwards(() => run.kill("deliver")),
  );
  const messageId = await publish(run.call, "lease", "t", {});
  await eventually(() => death.struck.length === 1);
  // While the lease lasts, whoever gets the record hands it back.
  await eventually(() => run.lines.some((line) => line.includes("being made elsewhere")));
  expect(postsTo(receiver, path)).toEqual([messageId]);

  await run.operator.expireLease(webhookId, messageId);
  await eventually(() => isDelivered(webhookId, messageId));
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toEqual([messageId, messageId]);
  expect(await run.operator.laterAttempts(webhookId, messageId)).toEqual([2]);
});

async function isDelivered(webhookId: string, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === "delivered";
}
