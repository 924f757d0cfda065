import { afterAll, expect, test } from "vitest";
import { openSweepDeps, sweep } from "../../../functions/sweep.ts";
import {
  dueShards,
  openDueStore,
  type WaitingJob,
} from "../../../shared/store/waiting/waiting-jobs.ts";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { insteadOf, passing, refusing } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun();
const answers = new Map<string, Answer[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const due = openDueStore();
const hourMs = 3_600_000;

test("[row: sweeper] after an hour without it, everything is sent", async () => {
  const late = await Promise.all(
    ["a", "b", "c", "d"].map((webhookName) => waitingRetry("down", webhookName)),
  );
  for (const { webhookId } of late) await letHoursPass(webhookId, 2);
  await run.invoke("sweep", {});
  for (const { path } of late) await eventually(() => postsTo(receiver, path).length === 2);
  for (const { webhookId } of late)
    await eventually(async () => (await rowsOf(webhookId)).length === 0);
});

test.each([
  ["send", "SendMessageBatch"],
  ["delete", "BatchWriteItem"],
])(
  "[row: sweeper] dying at its %s, it loses nothing, and what it sends twice is posted once",
  async (step, action) => {
    const { path, webhookId } = await waitingRetry(`dies-${step}`, "w");
    await letHoursPass(webhookId, 2);
    using death = run.inject(
      { by: "sweep", action, about: webhookId, times: 1 },
      insteadOf(() => run.kill("sweep")),
    );
    await expect(run.invoke("sweep", {})).rejects.toThrow("exited");
    expect(death.struck).toHaveLength(1);
    await run.invoke("sweep", {});
    await eventually(() => postsTo(receiver, path).length === 2);
    await eventually(run.operator.isQuiet);
    expect(await rowsOf(webhookId)).toEqual([]);
    expect(postsTo(receiver, path)).toHaveLength(2);
  },
);

test("[row: sweeper] keeps the rows that the queue refuses", async () => {
  const { path, webhookId } = await waitingRetry("refused", "w");
  await letHoursPass(webhookId, 2);
  {
    using refusal = run.inject(
      { by: "sweep", action: "SendMessageBatch", about: webhookId },
      refusing(({ MessageBody }) => MessageBody.includes(webhookId)),
    );
    await run.invoke("sweep", {});
    expect(refusal.struck).not.toEqual([]);
  }
  expect(await rowsOf(webhookId)).toHaveLength(1);
  await run.invoke("sweep", {});
  await eventually(() => postsTo(receiver, path).length === 2);
});

test("[row: sweeper] with a clock behind the times, it sends late and not never", async () => {
  const { path, webhookId } = await waitingRetry("behind", "w");
  await letHoursPass(webhookId, 2);
  await sweepAt(Date.now() - 24 * hourMs);
  expect(await rowsOf(webhookId)).toHaveLength(1);
  await sweepAt(Date.now());
  await eventually(() => postsTo(receiver, path).length === 2);
});

test("[row: sweeper] with a clock ahead of the times, nothing is posted early and nothing lost", async () => {
  const { path, webhookId } = await waitingRetry("ahead", "w");
  const [before] = await rowsOf(webhookId);
  using putBack = run.inject({ by: "deliver", action: "PutItem", about: webhookId }, passing);
  // The slowest of sweepers: what it sends has been put back before it deletes what it sent.
  const remove = async (jobs: readonly WaitingJob[]) => {
    await eventually(() => putBack.struck.length > 0);
    await eventually(run.operator.isQuiet);
    await due.remove(jobs);
  };
  await sweepAt(Date.now() + 24 * hourMs, remove);
  const [after] = await rowsOf(webhookId);
  expect(after?.job.message).toEqual(before?.job.message);
  expect(postsTo(receiver, path)).toHaveLength(1);

  await letHoursPass(webhookId, 2);
  await run.invoke("sweep", {});
  await eventually(() => postsTo(receiver, path).length === 2);
});

/** A delivery whose second attempt waits in a due row, since the receiver has asked for more than 900 s. */
async function waitingRetry(cacheName: string, webhookName: string) {
  const webhook = { cacheName, webhookName, topicName: webhookName };
  const { path, webhookId } = await subscribeProven(run.call, receiver, webhook);
  answers.set(path, [{ status: 500, headers: { "retry-after": "3600" } }]);
  const messageId = await publish(run.call, cacheName, webhookName, {});
  await eventually(async () => (await rowsOf(webhookId)).length === 1);
  return { path, webhookId, messageId };
}

/** Every due row of a webhook, however far off. */
async function rowsOf(webhookId: string): Promise<WaitingJob[]> {
  const shards = Array.from({ length: dueShards }, (_, shard) =>
    due.due(shard, Date.now() + 1_000 * hourMs),
  );
  return (await Promise.all(shards)).flat().filter(({ job }) => job.webhookId === webhookId);
}

/** Makes the webhook's due rows as old as they would be after so many hours. */
async function letHoursPass(webhookId: string, hours: number): Promise<void> {
  const rows = await rowsOf(webhookId);
  await due.remove(rows);
  for (const { job } of rows) {
    const notBeforeMs = (job.notBeforeMs ?? 0) - hours * hourMs;
    await due.add({ ...job, notBeforeMs }, notBeforeMs);
  }
}

/** One sweep by a clock that shows this time. */
async function sweepAt(nowMs: number, remove = due.remove): Promise<void> {
  let clockMs = nowMs;
  const once = async (jobs: readonly WaitingJob[]) => {
    clockMs = Number.POSITIVE_INFINITY; // what is put back would be due again, by this clock
    await remove(jobs);
  };
  const deps = { ...openSweepDeps(), due: { due: due.due, remove: once }, now: () => clockMs };
  await sweep(Number.MAX_VALUE, deps);
}
