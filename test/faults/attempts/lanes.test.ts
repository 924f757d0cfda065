import { afterAll, expect, onTestFinished, test } from "vitest";
import { jobForLane, markSlow } from "../../../shared/domain/breaker/slowness.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { keys } from "../../../shared/store/keys.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { publish, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import { firstAttempt } from "../run/delivery-job.ts";
import { withheld } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";

const run = await startFaultyRun();
const healths = openHealthStore();

/** Answers at once, but for those caches when it is told to, and not before. */
const released = new Map<string, Promise<void>>();
const receiver = await startReceiver({
  handler: async ({ path }) => {
    for (const [cacheName, release] of released) {
      if (path.startsWith(`/${cacheName}/`)) await release;
    }
    return { status: 200 };
  },
});
afterAll(() => receiver[Symbol.asyncDispose]());

async function subscribeTo(cacheName: string, webhookName = "w") {
  const names = { cacheName, webhookName };
  return { ...names, ...(await subscribe(run.call, receiver, { ...names, topicName: "t" })) };
}

type Subscribed = Awaited<ReturnType<typeof subscribeTo>>;

/** Where the function sends a first attempt on to; undefined when it posts it. */
async function laneOf(webhook: Subscribed): Promise<string | undefined> {
  const job = firstAttempt(webhook);
  using sent = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: job.message.messageId, times: 1 },
    withheld,
  );
  const event = sqsEvent(sqsRecord("first", job));
  expect(await run.invoke("deliver", event)).toEqual({ batchItemFailures: [] });
  const url = String(sent.struck[0]?.input.QueueUrl ?? "");
  return /Queues(\w+?)Queue/.exec(url)?.[1];
}

/** A machine that stops for half a second makes an answer slow, so that it takes another. */
async function answerFast({ cacheName, webhookId }: Subscribed): Promise<void> {
  const isProven = async () => !(await healths.find(webhookId))?.isNewcomer;
  await eventually(async () => {
    await publish(run.call, cacheName, "t", {});
    await eventually(isProven, { timeoutMs: 5_000 });
    return true;
  });
}

test("[row: slow successes] a newcomer's first attempts wait apart, until one is answered fast", async () => {
  const webhook = await subscribeTo("fast");
  expect(await laneOf(webhook)).toBe("Newcomer");
  expect(postsTo(receiver, webhook.path)).toEqual([]);
  await answerFast(webhook);
  expect(await laneOf(webhook)).toBeUndefined();
});

test("[row: slow successes] a mark takes the proof away, and a fast answer after it brings it back", async () => {
  const webhook = await subscribeTo("fast-again");
  const mark = markSlow(undefined, 500, Date.now() - 60_000);
  await healths.change(webhook, await healths.find(webhook.webhookId), mark);
  expect(await laneOf(webhook)).toBe("Newcomer");
  await answerFast(webhook);
  expect(await laneOf(webhook)).toBeUndefined();
});

// It is not the service that is slow only if the neighbour is answered within half a second, which a busy machine may miss.
let tries = 0;
test("[row: slow successes] ten webhooks of a cache that turn slow together take the others along", {
  retry: 3,
}, async () => {
  tries += 1;
  const cacheName = `slow-${tries}`;
  const { promise, resolve: release } = Promise.withResolvers<void>();
  released.set(cacheName, promise);
  onTestFinished(() => release());
  const neighbour = await subscribeTo(`fast-neighbour-${tries}`);
  const slow: Subscribed[] = [];
  for (let n = 0; n < 10; n += 1) slow.push(await subscribeTo(cacheName, `w${n}`));
  const proven = await subscribeTo(cacheName, "proven");
  await healths.change(proven, await healths.find(proven.webhookId), undefined);

  const jobs = [neighbour, ...slow].map((each) => jobForLane(firstAttempt(each), "newcomer"));
  const records = jobs.map((job, n) => sqsRecord(String(n), job));
  const ending = run.invoke("deliver", sqsEvent(...records));
  const { WEBHOOKS_TABLE = "" } = process.env;
  const marked = () => openTable(WEBHOOKS_TABLE).get(keys.cacheMark(cacheName));
  await eventually(marked, { timeoutMs: 10_000 });
  expect(await laneOf(proven)).toBe("Slow");
  release();
  expect(await ending).toEqual({ batchItemFailures: [] });
});
