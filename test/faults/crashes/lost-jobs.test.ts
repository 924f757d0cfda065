import { afterAll, expect, test } from "vitest";
import { openSweepDeps, sweep } from "../../../functions/sweep.ts";
import { deliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import { timesToLookThrough } from "../../../shared/domain/attempts/overdue.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { messageFacts } from "../../support/message-facts.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { recovered, startRecovery } from "../../support/recoveries.ts";
import { seedMessages } from "../../support/seeded-log.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const hourMs = 3_600_000;
const run = await startFaultyRun({ retryScheduleSeconds: [600, 1] });
const answers = new Map<string, Answer[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

test("[row: sweeper] a delivery whose queue message is lost is sent again by a sweep", async () => {
  const { path, webhookId, messageId } = await lostRetry("swept");
  await sweepForHours(Date.now(), 1);
  expect(postsTo(receiver, path)).toHaveLength(1);
  await run.operator.makeLate(webhookId, messageId, 2);
  await sweepForHours(Date.now() + 2 * hourMs, 1);
  await eventually(() => isDelivered(webhookId, messageId));
  expect(postsTo(receiver, path)).toEqual([messageId, messageId]);
});

test("[row: sweeper] a delivery whose queue message is lost is found by a recovery", async () => {
  const webhook = { cacheName: "recovered", webhookName: "w", topicName: "t" };
  const { path, webhookId } = await subscribeProven(run.call, receiver, webhook);
  const publishedTimeMs = Date.now() - 2 * hourMs;
  const [messageId = ""] = await seedMessages({ ...webhook, count: 1, publishedTimeMs });
  const facts = messageFacts({ messageId, cacheName: "recovered", publishedTimeMs });
  const job = {
    v: 1,
    webhookId,
    webhookName: "w",
    generation: 1,
    attempt: 2,
    message: facts,
  } as const;
  const lost = { kind: "retry", timeMs: publishedTimeMs + 5_000 } as const;
  await openDeliveryStore().record(deliveryRecord(job, null, lost, 30), null);

  const jobId = await startRecovery(run.call, webhookId, {
    mode: "missing",
    since: new Date(publishedTimeMs - 1_000).toISOString(),
  });
  expect(await recovered(run.call, webhookId, jobId)).toMatchObject({ matched: 1, enqueued: 1 });
  await eventually(() => isDelivered(webhookId, messageId));
  expect(postsTo(receiver, path)).toEqual([messageId]);
});

/** A delivery that waits for its second attempt, whose job the retry queue has lost. */
async function lostRetry(cacheName: string) {
  const webhook = { cacheName, webhookName: "w", topicName: "t" };
  const { path, webhookId } = await subscribeProven(run.call, receiver, webhook);
  answers.set(path, [{ status: 500 }]);
  const messageId = await publish(run.call, cacheName, "t", {});
  await eventually(
    async () => (await run.operator.headOf(webhookId, messageId))?.status === "retrying",
  );
  await run.operator.purge("QueuesRetryQueue");
  await eventually(run.operator.isQuiet);
  return { path, webhookId, messageId };
}

/** The sweeps of so many hours that may find what was published just now. */
async function sweepForHours(fromMs: number, hours: number): Promise<void> {
  const publishedMs = Date.now() - 1;
  for (let minute = 0; minute < hours * 60; minute += 1) {
    const nowMs = fromMs + minute * 60_000;
    const looks = timesToLookThrough(nowMs).some(
      ([from, until]) => from <= publishedMs && publishedMs < until,
    );
    if (looks) await sweep(Number.MAX_VALUE, { ...openSweepDeps(), now: () => nowMs });
  }
}

async function isDelivered(webhookId: string, messageId: string): Promise<boolean> {
  return (await run.operator.headOf(webhookId, messageId))?.status === "delivered";
}
