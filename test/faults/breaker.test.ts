import { afterAll, expect, test } from "vitest";
import { publish, subscribe, webhookPath } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, startReceiver } from "../support/receiver.ts";
import { openBreakerSteps, type Patient } from "./breaker-steps.ts";
import { entriesOf, type Fault, holdBefore, passing } from "./faults.ts";
import { startFaultyRun } from "./faulty-run.ts";
import { postsTo } from "./posts.ts";

const maxDrainRate = 2;
const windowSeconds = 10;
const run = await startFaultyRun({ maxDrainRate });
const steps = openBreakerSteps();
const hanging = new Set<string>();
const receiver = await startReceiver({
  handler: ({ path }): Answer | Promise<Answer> =>
    hanging.has(path) ? new Promise(() => {}) : { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

/** The deliveries that a breaker's step sends back. */
const sendsBack = { by: "deliver", action: "SendMessageBatch", about: '\\"attempt\\"' };

test("[row: receiver comes back] what was parked is drained at the capped rate, nothing lost", async () => {
  const webhook = await subscribeTo("back");
  await put("back", `${receiver.url}${webhook.path}`, { timeoutSeconds: 1 });
  hanging.add(webhook.path);
  const tried = await publishMany("back", 10);
  await eventually(async () => (await steps.kindOf(webhook)) === "open");
  const parked = await publishMany("back", 20);
  // A record that was slow has come back meanwhile, and then waits twice.
  await eventually(async () => (await steps.parkedCount(webhook)) >= 30);
  expect(new Set(postsTo(receiver, webhook.path))).toEqual(new Set(tried));

  hanging.clear();
  await steps.tick(webhook);
  await eventually(async () => (await steps.kindOf(webhook)) === "draining");
  using sent = run.inject(sendsBack, atOnce);
  while ((await steps.parkedCount(webhook)) > 0) {
    using removed = run.inject(removalOf(webhook), passing);
    await steps.tick(webhook);
    await eventually(() => removed.struck.length > 0);
    const delays = sent.struck.splice(0).flatMap(({ input }) => entriesOf(input).map(delayOf));
    expect(delays.length).toBeLessThanOrEqual(maxDrainRate * windowSeconds);
    for (const second of new Set(delays)) {
      expect(delays.filter((delay) => delay === second).length).toBeLessThanOrEqual(maxDrainRate);
    }
  }
  for (const messageId of [...tried, ...parked]) {
    await eventually(() => isIn("delivered", webhook, messageId));
  }
});

test("[row: webhook changes] deleted while deliveries are parked: they end without a POST", async () => {
  const { webhook } = await parkThree("deleted");
  await remove("deleted");
  await steps.tick(webhook);
  await eventually(async () => (await steps.parkedCount(webhook)) === 0);
  await witnessed("deleted");
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});

test("[row: webhook changes] put again while deliveries are parked: they are not for the new one", async () => {
  const { webhook } = await parkThree("again");
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
  const { webhook, messageIds } = await parkThree("inactive");
  await setStatus(webhook, "inactive");
  using _ = run.inject(sendsBack, atOnce);
  await steps.tick(webhook);
  for (const messageId of messageIds) await eventually(() => isIn("failed", webhook, messageId));
  expect(await run.operator.headOf(webhook.webhookId, messageIds[0] ?? "")).toMatchObject({
    attemptCount: 0,
    error: "webhook inactive",
  });
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});

test("[row: webhook changes] activated while deliveries are parked: they are sent at once", async () => {
  const { webhook, messageIds } = await parkThree("active");
  using _ = run.inject(sendsBack, atOnce);
  await setStatus(webhook, "active");
  for (const messageId of messageIds) await eventually(() => isIn("delivered", webhook, messageId));
});

test("[row: webhook changes] updated while deliveries are parked: they go to the new URL", async () => {
  const { webhook, messageIds } = await parkThree("updated");
  await put("updated", `${receiver.url}/updated/elsewhere`);
  using _ = run.inject(sendsBack, atOnce);
  await steps.tick(webhook);
  await eventually(async () => (await steps.kindOf(webhook)) === "draining");
  await steps.tick(webhook);
  for (const messageId of messageIds) await eventually(() => isIn("delivered", webhook, messageId));
  expect(new Set(postsTo(receiver, "/updated/elsewhere"))).toEqual(new Set(messageIds));
  expect(postsTo(receiver, webhook.path)).toEqual([]);
});

test("[row: receiver comes back] what is parked again while a step deletes what it sent stays parked", async () => {
  const { webhook } = await parkThree("reopened");
  await steps.drain(webhook);
  // The breaker opens again just before the queue takes what goes back.
  using _reopening = run.inject({ ...sendsBack, times: 1 }, async ({ input }, forward) => {
    await steps.open(webhook);
    return await forward(withoutDelay(input));
  });
  const removal = holdBefore();
  using _removal = run.inject(removalOf(webhook), removal.fault);
  using parking = run.inject(
    { by: "deliver", action: "PutItem", about: `park/${webhook.webhookId}` },
    passing,
  );
  await steps.tick(webhook);
  await removal.reached;
  await eventually(() => parking.struck.length === 3);
  removal.open();
  await witnessed("reopened");
  expect(await steps.parkedCount(webhook)).toBe(3);
});

test("[row: receiver comes back] a step is taken even if an outcome is counted in the same moment", async () => {
  const { webhook, messageIds } = await parkThree("overtaken");
  await steps.drain(webhook);
  using _ = run.inject(sendsBack, atOnce);
  using overtaking = run.inject(
    { by: "deliver", action: "TransactWriteItems", about: webhook.webhookId, times: 1 },
    async (_call, forward) => {
      await steps.count(webhook);
      return await forward();
    },
  );
  await steps.tick(webhook);
  for (const messageId of messageIds) await eventually(() => isIn("delivered", webhook, messageId));
  expect(overtaking.struck).toHaveLength(1);
});

const atOnce: Fault = (call, forward) => forward(withoutDelay(call.input));

function withoutDelay(input: Record<string, unknown>): Record<string, unknown> {
  return { ...input, Entries: entriesOf(input).map((entry) => ({ ...entry, DelaySeconds: 0 })) };
}

function delayOf({ DelaySeconds = 0 }: { DelaySeconds?: number }): number {
  return DelaySeconds;
}

function removalOf({ webhookId }: Patient) {
  return { by: "deliver", action: "BatchWriteItem", about: `park/${webhookId}` };
}

/** Three messages to a webhook whose breaker is open. */
async function parkThree(cacheName: string) {
  const webhook = await subscribeTo(cacheName);
  await steps.open(webhook);
  const messageIds = await publishMany(cacheName, 3);
  await eventually(async () => (await steps.parkedCount(webhook)) === 3);
  return { webhook, messageIds };
}

/** Waits until a message that was published just now has been delivered to another webhook. */
async function witnessed(cacheName: string): Promise<void> {
  const witness = { cacheName: `${cacheName}-witness`, webhookName: "w", topicName: "t" };
  const { path } = await subscribe(run.call, receiver, witness);
  const messageId = await publish(run.call, witness.cacheName, "t", {});
  await eventually(() => receiver.find(path, messageId));
}

async function subscribeTo(cacheName: string) {
  const webhook = { cacheName, webhookName: "w", topicName: "t" };
  return { ...webhook, ...(await subscribe(run.call, receiver, webhook)) };
}

function publishMany(cacheName: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => publish(run.call, cacheName, "t", {})));
}

async function put(cacheName: string, postUrl: string, config?: object): Promise<void> {
  const body = { destination: { postUrl }, topicName: "t", ...(config && { config }) };
  const answer = await run.call({ method: "PUT", path: webhookPath(cacheName, "w"), body });
  expect(answer.status).toBe(200);
}

async function remove(cacheName: string): Promise<void> {
  const answer = await run.call({ method: "DELETE", path: webhookPath(cacheName, "w") });
  expect(answer.status).toBe(200);
}

async function setStatus({ webhookId }: Patient, webhookStatus: string): Promise<void> {
  const path = `/api/v1/Webhooks/${webhookId}/status`;
  expect((await run.call({ method: "PUT", path, body: { webhookStatus } })).status).toBe(200);
}

async function isIn(status: string, { webhookId }: Patient, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === status;
}
