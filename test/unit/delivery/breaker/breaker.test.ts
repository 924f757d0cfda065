import { expect, test } from "vitest";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import type { Breaker } from "../../../../shared/domain/breaker/breaker.ts";
import type { HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { deliveryWith, jobWith, publishedTimeMs, webhookId, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

const open: Breaker = {
  kind: "open",
  stepSeconds: 10,
  tick: 1,
  nextTickMs: publishedTimeMs + 10_000,
};

function healthWith(breaker: Breaker): HealthRecord {
  const names = { webhookId, cacheName: "orders", webhookName: "billing" };
  return { v: 1, version: 1, ...names, failures: 10, timeouts: 0, failingSinceMs: 0, breaker };
}

const whileOpen = contextOf(webhookWith(), undefined, healthWith(open));

test("posts nothing while the breaker is open, and parks the delivery", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith(), whileOpen, deps);
  expect(trace.order).toEqual(["park", "record"]);
  expect(trace.parked).toMatchObject([{ attempt: 1, timeMs: publishedTimeMs }]);
  expect(trace.recorded).toMatchObject([{ record: { status: "pending", attemptCount: 0 } }]);
  expect(trace.tallied).toEqual([]);
});

test("parks a further attempt for its own time", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  const notBeforeMs = publishedTimeMs + 50;
  const context = contextOf(webhookWith(), deliveryWith(), healthWith(open));
  await deliverOne(jobWith({ attempt: 2, notBeforeMs }), context, deps);
  expect(trace.parked).toMatchObject([{ attempt: 2, timeMs: notBeforeMs + 501 }]);
  expect(trace.recorded).toMatchObject([{ record: { status: "retrying", attemptCount: 1 } }]);
});

test("comes back when a delivery cannot be parked", async () => {
  const parkingLot = { schedule: () => Promise.reject(new Error("throttled")) };
  const { deps, trace } = deliverDeps(answered(200), { parkingLot });
  await expect(deliverOne(jobWith(), whileOpen, deps)).rejects.toThrow("throttled");
  expect(trace.order).toEqual([]);
});

test("posts a probe, and parks what follows from its failure", async () => {
  const { deps, trace } = deliverDeps(answered(500));
  await deliverOne(jobWith({ isProbe: true }), whileOpen, deps);
  expect(trace.order).toEqual(["post", "park", "record"]);
  expect(trace.parked).toMatchObject([{ attempt: 2, isProbe: undefined }]);
  expect(trace.tallied).toEqual(["retry"]);
});

test("still fails at the horizon, and ends with its webhook, while the breaker is open", async () => {
  const late = deliverDeps(answered(200), { now: () => publishedTimeMs + 8 * 86_400_000 });
  await deliverOne(jobWith(), whileOpen, late.deps);
  expect(late.trace.failures).toEqual(["horizon"]);
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith(), contextOf(undefined, undefined, healthWith(open)), deps);
  expect(trace.order).toEqual([]);
});

test.each([
  { kind: "closed" },
  {
    kind: "draining",
    ratePerSecond: 10,
    tick: 1,
    nextTickMs: 0,
    ticks: 0,
    failures: 0,
    hasSucceeded: false,
    reopenStepSeconds: 10,
  },
] satisfies Breaker[])("posts while the breaker is $kind", async (breaker) => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith(), contextOf(webhookWith(), undefined, healthWith(breaker)), deps);
  expect(trace.order).toEqual(["post", "gather"]);
  expect(trace.tallied).toEqual(["delivered"]);
});
