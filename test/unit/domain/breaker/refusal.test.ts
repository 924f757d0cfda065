import { expect, test } from "vitest";
import {
  onBreakerTimer,
  onDrained,
  onFound,
  resetBreaker,
} from "../../../../shared/domain/breaker/breaker-timer.ts";
import { afterSuccess } from "../../../../shared/domain/breaker/health.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";
import {
  afterRefusal,
  awaitingSlots,
  heldUntilMs,
  perSecondOf,
} from "../../../../shared/domain/breaker/refusal.ts";

const nowMs = 1_706_138_429_000;
const refusal = { notBeforeMs: undefined, sentPerSecond: 10, hasLimit: false, nowMs };

function tickedOf(health: Health | undefined, atMs: number, limitPerSecond?: number) {
  const tick = health && health.breaker.kind !== "closed" ? health.breaker.tick : 0;
  return onBreakerTimer(health, {
    tick,
    nowMs: atMs,
    maxRatePerSecond: 200,
    isActive: true,
    limitPerSecond,
  });
}

test("a pause that is asked for holds the webhook, and its timer comes back at the end", () => {
  const held = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 40_000 });
  expect(heldUntilMs(held, nowMs + 39_999)).toBe(nowMs + 40_000);
  expect(heldUntilMs(held, nowMs + 40_000)).toBeUndefined();
  expect(held?.breaker).toMatchObject({ kind: "draining", nextTickMs: nowMs + 40_000 });
  const early = tickedOf(held, nowMs + 39_500);
  expect(early.action).toEqual({ kind: "wait" });
  expect(tickedOf(early.health, nowMs + 40_000).action).toMatchObject({ kind: "drain" });
});

test("a long pause is waited for in steps that a queue can hold", () => {
  const held = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 86_400_000 });
  expect(held?.breaker).toMatchObject({ nextTickMs: nowMs + 900_000 });
  expect(tickedOf(held, nowMs + 900_000).health?.breaker).toMatchObject({
    nextTickMs: nowMs + 1_800_000,
  });
});

test("an open breaker sends no probe before the pause is over", () => {
  const breaker = { kind: "open", stepSeconds: 10, tick: 1, nextTickMs: nowMs } as const;
  const failing = { version: 1, failures: 10, timeouts: 0, failingSinceMs: 0, breaker };
  const held = afterRefusal(failing, { ...refusal, notBeforeMs: nowMs + 60_000 });
  const ticked = tickedOf(held, nowMs);
  expect(ticked.action).toEqual({ kind: "wait" });
  expect(ticked.health?.breaker).toMatchObject({ kind: "open", nextTickMs: nowMs + 60_000 });
  expect(tickedOf(ticked.health, nowMs + 60_000).action).toEqual({ kind: "probe" });
});

test("the longer pause counts, and one that a jumped clock has set does not", () => {
  const long = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 60_000 });
  const again = afterRefusal(long, { ...refusal, notBeforeMs: nowMs + 40_000 });
  expect(again).toBe(long);
  const absurd = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 10 * 86_400_000 });
  expect(heldUntilMs(absurd, nowMs)).toBeUndefined();
});

test("activating the webhook ends the pause and the rate, and its timer comes at once", () => {
  const held = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 40_000 });
  const free = resetBreaker(held, nowMs + 1_000);
  expect(free?.throttle).toBeUndefined();
  expect(free?.breaker).toMatchObject({ kind: "draining", nextTickMs: nowMs + 1_000 });
  expect(tickedOf(free, nowMs + 1_000).action).toMatchObject({ kind: "drain" });
});

test("half of what was sent is the rate, once for all refusals of a second, and a tenth at least", () => {
  const slowed = afterRefusal(undefined, refusal);
  expect(slowed?.throttle?.perSecond).toBe(5);
  expect(afterRefusal(slowed, { ...refusal, nowMs: nowMs + 1_000 })).toBe(slowed);
  const again = afterRefusal(slowed, { ...refusal, nowMs: nowMs + 3_000 });
  expect(again?.throttle).toMatchObject({ perSecond: 2.5, refusedPerSecond: 5 });
  const lowest = afterRefusal(undefined, { ...refusal, sentPerSecond: 0 });
  expect(lowest?.throttle?.perSecond).toBe(0.1);
});

test("a rate that somebody has set is kept to, and not lowered", () => {
  expect(afterRefusal(undefined, { ...refusal, hasLimit: true })).toBeUndefined();
  const slowed = afterRefusal(undefined, refusal);
  expect(perSecondOf({ maxPerSecond: 50 }, slowed)).toBe(50);
  expect(perSecondOf({}, slowed)).toBe(5);
  expect(perSecondOf({}, undefined)).toBeUndefined();
});

test("a slowed rate rises after clean steps, by less once it is known what is too much", () => {
  let health = afterRefusal(undefined, refusal);
  const rates = [];
  for (let step = 0; step < 3; step += 1) {
    health = tickedOf(health, nowMs + 10_000 * (step + 1)).health;
    rates.push(health?.throttle?.perSecond);
  }
  expect(rates).toEqual([5, 10, 20]);
  health = afterRefusal(health, { ...refusal, nowMs: nowMs + 31_000 });
  const known = [];
  for (let step = 4; step < 7; step += 1) {
    health = tickedOf(health, nowMs + 10_000 * step).health;
    known.push(health?.throttle?.perSecond);
  }
  expect(known).toEqual([10, 12, 14.4]);
});

test("a slowed rate is gone when a clean step leaves nothing waiting", () => {
  const found = { asked: 47, found: 3, nowMs };
  const first = tickedOf(afterRefusal(undefined, refusal), nowMs + 1_000).health;
  expect(onFound(first, found)?.throttle?.perSecond).toBe(5);
  const second = tickedOf(first, nowMs + 11_000).health;
  expect(onFound(second, { ...found, found: 47 })?.throttle?.perSecond).toBe(10);
  expect(onFound(second, found)?.throttle).toBeUndefined();
});

test("a success changes nothing of a pause or a rate", () => {
  const held = afterRefusal(undefined, { ...refusal, notBeforeMs: nowMs + 40_000 });
  expect(afterSuccess(held, nowMs + 1)?.throttle).toEqual(held?.throttle);
});

test("a drain with a rate sends no more than fits until its next step", () => {
  const waiting = awaitingSlots(undefined, nowMs);
  const { action, health } = tickedOf(waiting, nowMs + 1_000, 0.5);
  expect(action).toMatchObject({ kind: "drain", howMany: 48, overSeconds: 100, perSecond: 0.5 });
  expect(health?.breaker).toMatchObject({ nextTickMs: nowMs + 101_000 });
});

test("a drain with a rate ends after seven steps that found nothing, and begins to count anew", () => {
  let health: Health | undefined = awaitingSlots(undefined, nowMs);
  const step = (empty: boolean) => {
    health = tickedOf(health, health?.breaker.kind === "closed" ? 0 : nextOf(health), 1).health;
    health = empty ? onDrained(health, nowMs) : onFound(health, { asked: 9, found: 9, nowMs });
  };
  for (let n = 0; n < 6; n += 1) step(true);
  step(false);
  for (let n = 0; n < 6; n += 1) step(true);
  expect(health?.breaker.kind).toBe("draining");
  step(true);
  expect(health).toBeUndefined();
});

test("who is about to put something aside keeps the timer going", () => {
  const fresh = awaitingSlots(undefined, nowMs);
  expect(fresh.breaker).toMatchObject({
    kind: "draining",
    isLimited: true,
    nextTickMs: nowMs + 1_000,
  });
  expect(awaitingSlots(fresh, nowMs)).toBe(fresh);
  const emptied = onDrained(tickedOf(fresh, nowMs + 1_000, 1).health, nowMs);
  const again = awaitingSlots(emptied, nowMs);
  expect(again.breaker).toMatchObject({ emptySteps: 0 });
  expect(again.breaker.kind !== "closed" && again.breaker.tick).toBe(
    emptied && emptied.breaker.kind !== "closed" && emptied.breaker.tick,
  );
});

function nextOf(health: Health | undefined): number {
  return health && health.breaker.kind !== "closed" ? health.breaker.nextTickMs : 0;
}
