import { expect, test } from "vitest";
import { type Breaker, drainDelaySeconds } from "../../../../shared/domain/breaker/breaker.ts";
import {
  onBreakerTimer,
  onDrained,
  resetBreaker,
} from "../../../../shared/domain/breaker/breaker-timer.ts";
import {
  afterBatch,
  afterFailures,
  afterSuccess,
} from "../../../../shared/domain/breaker/health.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";
import { afterRepairStep, repairUntil } from "../../../../shared/domain/breaker/repair.ts";

const startMs = 1_700_000_000_000;
const opened = afterFailures(undefined, { count: 10, timeouts: 10, nowMs: startMs });
const none = { kind: "none" };

/** Handles the tick that is awaited, when it is due. */
function tickOn(health: Health | undefined, { isActive = true, maxRatePerSecond = 200 } = {}) {
  const { tick, nextTickMs } = waiting(health);
  return onBreakerTimer(health, { tick, nowMs: nextTickMs, maxRatePerSecond, isActive });
}

function waiting(health: Health | undefined): Exclude<Breaker, { kind: "closed" }> {
  if (!health || health.breaker.kind === "closed") throw new Error("no tick is awaited");
  return health.breaker;
}

/** A drain after so many ticks, each of which heard of so much; nothing was waiting for its time. */
function drainedFor(ticks: number, heard = { successes: 1, failures: 0, timeouts: 0 }) {
  const begun = afterSuccess(opened, startMs);
  const nothing = { repair: repairUntil(startMs), next: null };
  let health = afterRepairStep(begun, nothing, startMs);
  for (let n = 0; n < ticks; n += 1) {
    health = tickOn(health).health;
    health = afterBatch(health, { ...heard, nowMs: waiting(health).nextTickMs });
  }
  return health;
}

function rateAfter(ticks: number, heard?: Parameters<typeof drainedFor>[1]): unknown {
  const { action } = tickOn(drainedFor(ticks, heard));
  return action.kind === "drain" ? action.howMany / action.overSeconds : action;
}

test("probes once a step, which doubles up to a quarter of an hour", () => {
  let health: Health | undefined = opened;
  const steps: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const ticked = tickOn(health);
    expect(ticked.action).toEqual({ kind: "probe" });
    steps.push((waiting(ticked.health).nextTickMs - waiting(health).nextTickMs) / 1000);
    health = ticked.health;
  }
  expect(steps).toEqual([20, 40, 80, 160, 320, 640, 900, 900, 900]);
});

test("spreads the probes of webhooks that went down together", () => {
  const { tick, nextTickMs: nowMs } = waiting(opened);
  const waitMs = (jitter: number) => {
    const ticked = onBreakerTimer(opened, {
      tick,
      nowMs,
      maxRatePerSecond: 200,
      isActive: true,
      jitter,
    });
    return waiting(ticked.health).nextTickMs - nowMs;
  };
  expect([0, 0.5, 1].map(waitMs)).toEqual([16_000, 18_000, 20_000]);
});

test("does nothing on a tick that is stale, doubled or too early", () => {
  const { tick, nextTickMs } = waiting(opened);
  const rest = { maxRatePerSecond: 200, isActive: true };
  const after = tickOn(opened).health;
  expect(onBreakerTimer(after, { tick, nowMs: nextTickMs + 20_000, ...rest }).action).toEqual(none);
  expect(onBreakerTimer(opened, { tick, nowMs: nextTickMs - 1_001, ...rest })).toEqual({
    health: opened,
    action: none,
  });
  expect(onBreakerTimer(undefined, { tick, nowMs: nextTickMs, ...rest }).action).toEqual(none);
});

test("takes a new tick when it opens again", () => {
  const draining = afterSuccess(tickOn(opened).health, startMs);
  const reopened = afterFailures(draining, { count: 10, timeouts: 0, nowMs: startMs + 1 });
  expect(waiting(reopened)).toMatchObject({ kind: "open", tick: reopened.version });
});

test("drains at ten a second, doubled each clean window, at most the given rate", () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((ticks) => rateAfter(ticks))).toEqual([
    10, 20, 40, 80, 160, 200, 200,
  ]);
  expect(tickOn(drainedFor(0), { maxRatePerSecond: 4 }).action).toMatchObject({ howMany: 40 });
});

test("spreads a window's deliveries evenly over its seconds", () => {
  const delays = Array.from({ length: 20 }, (_, index) => drainDelaySeconds(index, 20, 10));
  expect(delays).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
});

test("holds its rate while more than a tenth fails, and halves it when more than half does", () => {
  expect(rateAfter(1, { successes: 1, failures: 10, timeouts: 0 })).toBe(20);
  expect(rateAfter(1, { successes: 1, failures: 11, timeouts: 0 })).toBe(10);
  expect(rateAfter(1, { successes: 1, failures: 51, timeouts: 0 })).toBe(5);
});

test("halves its rate while it hears nothing, down to one a second", () => {
  const silence = { successes: 0, failures: 0, timeouts: 0 };
  expect([1, 2, 3, 9].map((ticks) => rateAfter(ticks, silence))).toEqual([5, 2.5, 1.2, 1]);
});

test("closes when the park is empty and nobody can be about to park", () => {
  const early = drainedFor(9);
  expect(onDrained(early, startMs)).toBe(early);
  expect(onDrained(drainedFor(10), startMs)).toBeUndefined();
});

test("keeps counting failures in a row behind a drain that ends", () => {
  const shaken = afterFailures(drainedFor(10), { count: 3, timeouts: 0, nowMs: startMs });
  expect(onDrained(shaken, startMs)).toMatchObject({ failures: 3, breaker: { kind: "closed" } });
});

test("does not close what opened again meanwhile", () => {
  expect(onDrained(opened, startMs)).toBe(opened);
});

test("lets go of a webhook that nobody sends to, and opens again at the next failure", () => {
  let idle: Health | undefined = opened;
  for (let n = 0; n < 7; n += 1) {
    expect(onDrained(idle, startMs)).toBe(idle);
    idle = tickOn(idle).health;
  }
  let health = onDrained(idle, startMs);
  expect(health).toMatchObject({ failures: 10, breaker: { kind: "draining" } });
  for (let n = 0; n < 10; n += 1) health = tickOn(health).health;
  health = onDrained(health, startMs);
  expect(health).toMatchObject({ failures: 10, breaker: { kind: "closed" } });
  const nowMs = startMs + 3_600_000;
  expect(health && afterFailures(health, { count: 1, timeouts: 0, nowMs }).breaker.kind).toBe(
    "open",
  );
});

test("steps on from where it was when it opens again before a clean window", () => {
  const slow = tickOn(tickOn(opened).health).health;
  const reopen = (health: Health | undefined) =>
    waiting(afterFailures(health, { count: 10, timeouts: 0, nowMs: startMs })).nextTickMs - startMs;
  const draining = afterSuccess(slow, startMs);
  expect(reopen(draining)).toBe(40_000);
  const proved = tickOn(afterSuccess(tickOn(draining).health, startMs)).health;
  expect(reopen(proved)).toBe(10_000);
});

test("gives back at the full rate what an inactive or deleted webhook has parked", () => {
  const { health, action } = tickOn(opened, { isActive: false });
  expect(action).toEqual({ kind: "drain", howMany: 2_000, overSeconds: 10 });
  expect(health).toMatchObject({
    failures: 0,
    failingSinceMs: null,
    breaker: { kind: "draining" },
  });
});

test("posts at once after an activation, and drains what was parked", () => {
  const health = resetBreaker(opened, startMs + 5_000);
  expect(health).toMatchObject({
    failures: 0,
    failingSinceMs: null,
    breaker: { kind: "draining" },
  });
  expect(tickOn(health).action).toMatchObject({ kind: "drain", howMany: 100 });
  const failing = afterFailures(undefined, { count: 10, timeouts: 0, nowMs: startMs });
  expect(resetBreaker(failing, startMs)).toBeUndefined();
});
