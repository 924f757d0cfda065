import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { atOnce, openBreakerSteps, sendsBack } from "../run/breaker-steps.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const { subscribeTo, put, remove, setStatus, witnessed, isIn } = calls;
const steps = openBreakerSteps(calls);

test("[row: webhook changes] deleted while deliveries are parked: they end without a POST", async () => {
  const { webhook } = await steps.parkThree("deleted");
  await remove("deleted");
  await steps.tick(webhook);
  await eventually(async () => (await steps.parkedCount(webhook)) === 0);
  await witnessed("deleted");
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});

test("[row: webhook changes] put again while deliveries are parked: they are not for the new one", async () => {
  const { webhook } = await steps.parkThree("again");
  await remove("again");
  const { path } = await subscribeTo("again");
  await steps.tick(webhook);
  await eventually(async () => (await steps.parkedCount(webhook)) === 0);
  const fresh = await publish(run.call, "again", "t", {});
  await eventually(() => receiver.find(path, fresh));
  await witnessed("again");
  expect(postsTo(receiver, path)).toEqual([fresh]);
});

test("[row: webhook changes] inactive while deliveries are parked: they are failed", async () => {
  const { webhook, messageIds } = await steps.parkThree("inactive");
  await setStatus(webhook.webhookId, "inactive");
  using _ = run.inject(sendsBack, atOnce);
  await steps.tick(webhook);
  // All at once, where probes would end them one by one.
  await eventually(async () => (await steps.kindOf(webhook)) === "draining");
  for (const messageId of messageIds)
    await eventually(() => isIn("failed", webhook.webhookId, messageId));
  expect(await run.operator.headOf(webhook.webhookId, messageIds[0] ?? "")).toMatchObject({
    attemptCount: 0,
    error: "webhook inactive",
  });
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});

test("[row: webhook changes] activated while deliveries are parked: they are sent at once", async () => {
  const { webhook, messageIds } = await steps.parkThree("active");
  using _ = run.inject(sendsBack, atOnce);
  await setStatus(webhook.webhookId, "active");
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
});

test("[row: webhook changes] updated while deliveries are parked: they go to the new URL", async () => {
  const { webhook, messageIds } = await steps.parkThree("updated");
  await put("updated", `${receiver.url}/updated/elsewhere`);
  using _ = run.inject(sendsBack, atOnce);
  await steps.tick(webhook);
  await eventually(async () => (await steps.kindOf(webhook)) === "draining");
  await steps.tick(webhook);
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  expect(new Set(postsTo(receiver, "/updated/elsewhere"))).toEqual(new Set(messageIds));
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});
