import { afterAll, expect, test } from "vitest";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { atOnce, openBreakerSteps, sendsBack } from "../run/breaker-steps.ts";
import { afterwards, insteadOf, withheld } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { holdBefore } from "../run/gate.ts";
import type { Target } from "../run/injector.ts";
import { postsTo } from "../run/posts.ts";
import { openWebhookCalls } from "../run/webhook-calls.ts";

const run = await startFaultyRun({ retryScheduleSeconds: [600, 600] });
const works = new Set<string>();
const receiver = await startReceiver({
  handler: ({ path }) => ({ status: path.startsWith("/right") || works.has(path) ? 200 : 500 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const { subscribeTo, publishMany, isIn } = calls;
const steps = openBreakerSteps(calls);
const healths = openHealthStore();

type Waiting = Awaited<ReturnType<typeof threeWait>>;

/** Three deliveries that have failed and wait for ten minutes, in a queue that hands them out when the test says so. */
async function threeWait(cacheName: string) {
  const webhook = await subscribeTo(cacheName);
  const { webhookId } = webhook;
  const retries = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: webhookId },
    withheld,
  );
  const messageIds = await publishMany(cacheName, 3);
  for (const messageId of messageIds)
    await eventually(() => isIn("retrying", webhookId, messageId));
  await eventually(async () => (await healths.find(webhookId))?.failures === 3);
  retries[Symbol.dispose]();
  const older = retries.struck;
  return { ...webhook, messageIds, older, right: `/right/${cacheName}` };
}

/** Puts the right URL; whoever gets no answer puts it again, as a client does. */
function put({ cacheName, right }: Waiting) {
  const body = { destination: { postUrl: receiver.url + right }, topicName: "t" };
  return run.call({ method: "PUT", path: webhookPath(cacheName, "w"), body });
}

/** What a sweep does about a timer that is two minutes late. */
async function sweepLostTimer(webhook: Waiting): Promise<void> {
  await eventually(async () => {
    const before = await healths.find(webhook.webhookId);
    if (!before || before.breaker.kind === "closed") return true;
    const late = { ...before.breaker, nextTickMs: Date.now() - 130_000 };
    const after = { ...before, version: before.version + 1, breaker: late };
    return healths.change(webhook, before, after);
  });
  await run.invoke("sweep", {});
}

/** Waits until all of them are delivered, each of them by one POST. */
async function delivered({ webhookId, messageIds, right }: Waiting, path = right): Promise<void> {
  for (const messageId of messageIds)
    await eventually(() => isIn("delivered", webhookId, messageId));
  // The steps of its drain go on for a while.
  await eventually(run.operator.isIdle);
  expect(postsTo(receiver, path).toSorted()).toEqual(messageIds.toSorted());
}

const writesHealth = { about: "health/", times: 1 } as const;
const tick = '\\"tick\\"';
const killsPut = () => run.kill("putWebhook");
const changes: [string, Target, typeof insteadOf][] = [
  [
    "the webhook is changed, and no health",
    { by: "putWebhook", action: "TransactWriteItems", after: 1, times: 1 },
    insteadOf,
  ],
  [
    "the health is written, and no timer is sent",
    { by: "putWebhook", action: "SendMessageBatch", about: tick, times: 1 },
    insteadOf,
  ],
  [
    "all is done, and not answered",
    { by: "putWebhook", action: "SendMessageBatch", about: tick, times: 1 },
    afterwards,
  ],
];

test.each(changes)(
  "[row: webhook is repaired] a change dies when %s: its repetition has what waits go out",
  async (when, target, fault) => {
    const webhook = await threeWait(`put-${changes.findIndex(([name]) => name === when)}`);
    using _ = run.inject(sendsBack, atOnce);
    using death = run.inject(target, fault(killsPut));
    expect((await put(webhook)).status).toBeGreaterThanOrEqual(500);
    expect(death.struck).toHaveLength(1);
    expect((await put(webhook)).status).toBe(200);
    if (fault === insteadOf && target.about === tick) await sweepLostTimer(webhook);
    await delivered(webhook);
  },
);

const kills = () => run.kill("deliver");
const by = "deliver";
const stepDeaths: [
  string,
  Target,
  typeof insteadOf,
  "again" | "by the sweep" | "by the next step",
][] = [
  ["before its note", { by, action: "PutItem", ...writesHealth }, insteadOf, "again"],
  ["behind its note", { by, action: "PutItem", ...writesHealth }, afterwards, "by the sweep"],
  [
    "before it looks",
    { by, action: "Query", about: "undelivered", times: 1 },
    insteadOf,
    "by the next step",
  ],
  ["before it sends", { ...sendsBack, times: 1 }, insteadOf, "by the next step"],
  ["behind what it sent", { ...sendsBack, times: 1 }, afterwards, "by the next step"],
  [
    "before it notes how far it has come",
    { by, action: "PutItem", ...writesHealth, after: 1 },
    insteadOf,
    "by the next step",
  ],
];

test.each(stepDeaths)(
  "[row: webhook is repaired] a step dies %s: the rest goes out, once each",
  async (when, target, fault, how) => {
    const webhook = await threeWait(`step-${when.replaceAll(" ", "-")}`);
    const about = target.about?.replace("health/", `health/${webhook.webhookId}`);
    using death = run.inject({ ...target, ...(about && { about }) }, fault(kills));
    expect((await put(webhook)).status).toBe(200);
    await eventually(() => death.struck.length === 1);
    using _ = run.inject(sendsBack, atOnce);
    if (how === "by the sweep") await sweepLostTimer(webhook);
    if (how === "by the next step" && (await steps.kindOf(webhook)) !== "closed")
      await steps.tick(webhook);
    await delivered(webhook);
  },
);

test("[row: webhook is repaired] what an older attempt delivers meanwhile is not posted again", async () => {
  const webhook = await threeWait("meanwhile");
  const gate = holdBefore();
  const held = run.inject(sendsBack, gate.fault);
  await put(webhook);
  await gate.reached;
  held[Symbol.dispose]();
  await run.operator.sendAtOnce(webhook.older);
  for (const messageId of webhook.messageIds)
    await eventually(() => isIn("delivered", webhook.webhookId, messageId));
  gate.open();
  await delivered(webhook);
});

test.each([
  ["", 0],
  [", also where it dies before it sends the timer", 1],
])(
  "[row: webhook is repaired] a probe that succeeds has what waits for its time go out%s",
  async (_, times) => {
    const webhook = await threeWait(`probe-${times}`);
    const { cacheName, path } = webhook;
    await steps.open(webhook);
    webhook.messageIds.push(...(await publishMany(cacheName, 1)));
    await eventually(async () => (await steps.parkedCount(webhook)) === 1);
    // The receiver works again, without anybody's change.
    const before = postsTo(receiver, path).length;
    works.add(path);
    using sent = run.inject(sendsBack, atOnce);
    using death = run.inject(
      { by, action: "SendMessageBatch", about: tick, after: 1, times },
      insteadOf(kills),
    );
    await steps.tick(webhook);
    await eventually(async () => (await steps.kindOf(webhook)) !== "open");
    await eventually(() => death.struck.length === times);
    if (times > 0) await sweepLostTimer(webhook);
    for (const messageId of webhook.messageIds)
      await eventually(() => isIn("delivered", webhook.webhookId, messageId));
    expect(sent.struck.length).toBeGreaterThan(0);
    const posts = postsTo(receiver, path).slice(before);
    expect(posts.toSorted()).toEqual(webhook.messageIds.toSorted());
  },
);
