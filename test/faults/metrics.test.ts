import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { atOnce, openBreakerSteps, sendsBack } from "./run/breaker-steps.ts";
import { startFaultyRun } from "./run/faulty-run.ts";
import { openWebhookCalls } from "./run/webhook-calls.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const calls = openWebhookCalls(run, receiver);
const steps = openBreakerSteps(calls);

const MetricLine = z.record(z.string(), z.unknown());
const Values = z.array(z.number());

/** Every value of a metric that the functions have written since the start. */
function valuesOf(metric: string): number[] {
  const lines = run.lines.flatMap((line) => /\{"_aws".*/.exec(line) ?? []);
  const values = lines.map((line) => z.parse(MetricLine, JSON.parse(line))[metric]);
  return values.flatMap((each) => z.parse(Values, each ?? []));
}

function sumOf(metric: string): number {
  return valuesOf(metric).reduce((sum, value) => sum + value, 0);
}

/** What a sweep says of the oldest message that is not delivered; undefined where none waits. */
async function oldestSeconds(): Promise<number | undefined> {
  const [oldest, lags] = [valuesOf("OldestUndelivered").length, valuesOf("SweeperLag").length];
  await run.invoke("sweep", {});
  // Both stand in one line.
  await eventually(() => valuesOf("SweeperLag").length > lags);
  return valuesOf("OldestUndelivered")[oldest];
}

test("the oldest undelivered message ages while its breaker is open, and is none once it is delivered", async () => {
  expect(await oldestSeconds()).toBeUndefined();
  const { webhook } = await steps.parkThree("ages");
  const first = (await oldestSeconds()) ?? 0;
  expect(first).toBeGreaterThan(0);
  expect(await oldestSeconds()).toBeGreaterThan(first);

  using _ = run.inject(sendsBack, atOnce);
  await steps.drain(webhook);
  await steps.tick(webhook);
  await eventually(async () => (await oldestSeconds()) === undefined);
  await eventually(() => sumOf("Delivered") === 3);
});

test("what a deleted webhook leaves behind is not waited for", async () => {
  const { webhook } = await steps.parkThree("deleted");
  expect(await oldestSeconds()).toBeGreaterThan(0);
  await calls.remove("deleted");
  using _ = run.inject(sendsBack, atOnce);
  await steps.tick(webhook);
  await eventually(async () => (await oldestSeconds()) === undefined);
});

/** In one batch: the counts of single publishes may wait for each other. */
async function publishTogether(cacheName: string, count: number): Promise<void> {
  const messages = Array.from({ length: count }, () => ({ value: {} }));
  const path = `/api/v1/caches/${cacheName}/topics/t/batch`;
  const { status } = await run.call({ method: "POST", path, body: { messages } });
  expect(status).toBe(202);
}

test("each message, attempt and parking is counted once", async () => {
  const before = ["Accepted", "Delivered", "Parked", "Retried"].map(sumOf);
  const latencies = valuesOf("AttemptLatency").length;
  await calls.subscribeTo("counted");
  await publishTogether("counted", 20);
  await eventually(() => sumOf("Delivered") - (before[1] ?? 0) === 20);
  await eventually(() => valuesOf("AttemptLatency").length - latencies === 20);
  const after = ["Accepted", "Delivered", "Parked", "Retried"].map(sumOf);
  expect(after.map((sum, index) => sum - (before[index] ?? 0))).toEqual([20, 20, 0, 0]);
  await eventually(() => sumOf("Parked") === 6);
});

test("what the authorizer refuses is counted", async () => {
  const headers = { authorization: "Bearer junk" };
  await run.call({ method: "GET", path: "/api/v1/caches/c/webhooks", headers });
  await eventually(() => sumOf("Denied") === 1);
});
