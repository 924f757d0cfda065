import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { subscribe } from "../../support/calls.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { recovered, startRecovery } from "../../support/recoveries.ts";
import { seedFailures } from "../../support/seeded-log.ts";
import { passing } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";

const run = await startFaultyRun({ recoverRate: 25 });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const publishedTimeMs = Date.now() - 3_600_000;
const maxRunning = 5;

async function webhookWithFailures(cacheName: string, webhookName: string, count: number) {
  const { webhookId } = await subscribe(run.call, receiver, {
    cacheName,
    webhookName,
    topicName: "t",
  });
  await seedFailures({ cacheName, webhookId, count, publishedTimeMs });
  return webhookId;
}

const StepInput = z.object({ Key: z.object({ pk: z.object({ S: z.string() }) }) });

/** Whose steps were taken, in their order, from now on. */
function watchSteps() {
  const injection = run.inject({ by: "recover", action: "UpdateItem", about: ":step" }, passing);
  return {
    webhookIds: () =>
      injection.struck.map(({ input }) => z.parse(StepInput, input).Key.pk.S.split("/")[1] ?? ""),
    [Symbol.dispose]: injection[Symbol.dispose],
  };
}

/** Recovers everything of a webhook, and counts the steps that it and all others took meanwhile. */
async function stepsUntilRecovered(webhookId: string) {
  using steps = watchSteps();
  const jobId = await startRecovery(run.call, webhookId);
  expect(await recovered(run.call, webhookId, jobId)).toMatchObject({ state: "completed" });
  const taken = steps.webhookIds();
  const own = taken.filter((id) => id === webhookId).length;
  return { own, others: taken.length - own };
}

async function ask(webhookId: string) {
  const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
  const path = `/api/v1/Webhooks/${webhookId}/recover`;
  return run.call({ method: "POST", path, body: { since, mode: "failed" } });
}

test("100 recoveries of one webhook: one runs, and another cache's is as soon done as alone", {
  timeout: 300_000,
}, async () => {
  const crowd = await webhookWithFailures("crowd", "w", 1_000);
  const other = await webhookWithFailures("other", "w", 75);
  const alone = await stepsUntilRecovered(await webhookWithFailures("alone", "w", 75));

  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  await inParallel(100, 16, async () => {
    answers.push(await ask(crowd));
  });
  const among = await stepsUntilRecovered(other);
  console.log(`steps of others until it was done: ${among.others}, of its own: ${among.own}`);
  expect(among.own).toBe(alone.own);
  // The one that runs takes its steps as often as this one does; twice that is room for a busy machine.
  expect(among.others).toBeLessThanOrEqual(2 * (alone.own + 1));

  const [accepted, ...more] = answers.filter(({ status }) => status === 202);
  expect(more).toEqual([]);
  const { jobId } = z.parse(
    z.object({ response: z.object({ jobId: z.string() }) }),
    accepted?.body,
  ).response;
  for (const { status, body } of answers.filter((answer) => answer !== accepted)) {
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: {
        code: "FAILED_PRECONDITION_ERROR",
        message: expect.stringContaining(jobId),
        details: [{ path: "jobId", message: jobId }],
      },
    });
  }
});

test("a cache with all the recoveries that it may run delays another's by a step of each", {
  timeout: 300_000,
}, async () => {
  const other = await webhookWithFailures("neighbour", "w", 75);
  const names = Array.from({ length: 3 * maxRunning }, (_, n) => `w${n}`);
  const rivals = await Promise.all(names.map((name) => webhookWithFailures("greedy", name, 250)));
  const answers = await Promise.all(rivals.map(ask));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(maxRunning);
  for (const { status, body } of answers.filter((answer) => answer.status !== 202)) {
    expect(status).toBe(429);
    expect(body).toMatchObject({
      error: {
        code: "LIMIT_EXCEEDED_ERROR",
        message: `a cache runs at most ${maxRunning} recoveries at once`,
      },
    });
  }
  const { own, others } = await stepsUntilRecovered(other);
  console.log(`steps of ${maxRunning} others until it was done: ${others}, of its own: ${own}`);
  expect(others).toBeLessThanOrEqual(2 * maxRunning * (own + 1));
});
