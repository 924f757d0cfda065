import { expect, test } from "vitest";
import { type Breaker, tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import {
  holdForSuspension,
  onBreakerTimer,
  onDrained,
  resumeBreaker,
} from "../../../../shared/domain/breaker/breaker-timer.ts";
import { afterFailures, afterSuccess } from "../../../../shared/domain/breaker/health.ts";
import { type Health, isTroubled } from "../../../../shared/domain/breaker/health-record.ts";
import { afterRepairStep, repairBreaker } from "../../../../shared/domain/breaker/repair.ts";

const nowMs = 1_700_000_000_000;
const untilMs = nowMs + 1_000;

const failing: Health = {
  version: 7,
  failures: 10,
  timeouts: 10,
  failingSinceMs: nowMs - 60_000,
  isNewcomer: true,
  breaker: { kind: "closed" },
};
const held: Health = { ...failing, breaker: tripBreaker(7, 900, nowMs - 5_000) };

function drainOf(health: Health | undefined) {
  if (health?.breaker.kind !== "draining") throw new Error(`it is ${health?.breaker.kind}`);
  return health.breaker;
}

function timerOf(health: Health, isActive = true) {
  const { tick } = health.breaker as Exclude<Breaker, { kind: "closed" }>;
  return { tick, nowMs, maxRatePerSecond: 200, isActive };
}

test.each([
  ["well", undefined],
  ["failing", failing],
  ["held", held],
])("a repair has one that is %s drain at once, and forgets its failures", (_, health) => {
  const repaired = repairBreaker(health, nowMs);
  expect(repaired).toMatchObject({ failures: 0, timeouts: 0, failingSinceMs: null });
  expect(drainOf(repaired)).toMatchObject({
    nextTickMs: nowMs,
    reopenStepSeconds: 10,
    repair: { untilMs },
  });
  expect(repaired.isNewcomer).toBe(health?.isNewcomer);
});

test("a second repair begins anew within the same drain, and makes no step come sooner", () => {
  const first = repairBreaker(held, nowMs);
  const { health: ticked } = onBreakerTimer(first, timerOf(first));
  const begun = drainOf(ticked);
  const step = { repair: { untilMs }, next: "msg_5" };
  const further = afterRepairStep(ticked, step, nowMs);
  expect(drainOf(further).repair).toEqual({ untilMs, from: "msg_5" });
  const second = drainOf(repairBreaker(further, nowMs + 2_000));
  expect(second.repair).toEqual({ untilMs: untilMs + 2_000 });
  expect([second.tick, second.nextTickMs]).toEqual([begun.tick, begun.nextTickMs]);
});

test("a step that a second repair came before says nothing of that one", () => {
  const first = repairBreaker(held, nowMs);
  const second = repairBreaker(first, nowMs + 1);
  expect(afterRepairStep(second, { repair: { untilMs }, next: "msg_5" }, nowMs)).toBe(second);
  const done = afterRepairStep(first, { repair: { untilMs }, next: null }, nowMs);
  expect(drainOf(done)).not.toHaveProperty("repair");
});

test("a drain does not end while it repairs", () => {
  const first = repairBreaker(held, nowMs);
  const long = { ...first, breaker: { ...drainOf(first), ticks: 10 } };
  expect(onDrained(long, nowMs)).toBe(long);
  const done = afterRepairStep(long, { repair: { untilMs }, next: null }, nowMs);
  expect(onDrained(done, nowMs)?.breaker).toEqual({ kind: "closed" });
});

test("a drain of one that was closed ends as soon as nothing is left: nobody is about to park", () => {
  const first = repairBreaker(failing, nowMs);
  expect(onDrained(first, nowMs)).toBe(first);
  const step = { repair: { untilMs }, next: null };
  expect(onDrained(afterRepairStep(first, step, nowMs), nowMs)?.breaker.kind).toBe("closed");
  const opened = afterRepairStep(repairBreaker(held, nowMs), step, nowMs);
  expect(onDrained(opened, nowMs)).toBe(opened);
});

test("the success that ends an open breaker repairs, and a breaker that lets go does not", () => {
  expect(drainOf(afterSuccess(held, nowMs)).repair).toEqual({ untilMs });
  expect(drainOf(onDrained(held, nowMs))).not.toHaveProperty("repair");
});

test("what its receiver has asked for still holds", () => {
  const throttle = { heldUntilMs: nowMs + 60_000 };
  const repaired = repairBreaker({ ...held, throttle }, nowMs);
  expect(repaired.throttle).toEqual(throttle);
  const { health, action } = onBreakerTimer(repaired, timerOf(repaired));
  expect(action).toEqual({ kind: "wait" });
  expect(drainOf(health)).toMatchObject({ nextTickMs: nowMs + 60_000, repair: { untilMs } });
});

test("a suspended cache's webhook stays held, and is repaired once its cache goes on", () => {
  const suspended = holdForSuspension(undefined, nowMs);
  const repaired = repairBreaker(suspended, nowMs);
  expect(repaired.breaker).toMatchObject({ kind: "open", isSuspended: true, repair: { untilMs } });
  const laterMs = nowMs + 60_000;
  const timer = { ...timerOf(repaired), nowMs: laterMs, isSuspended: true };
  const { health: still } = onBreakerTimer(repaired, timer);
  expect(still?.breaker).toMatchObject({ kind: "open", repair: { untilMs } });
  if (still) expect(drainOf(resumeBreaker(still, laterMs)).repair).toEqual({ untilMs });
});

test("a drain that a suspension stops goes on with its repair", () => {
  const repaired = repairBreaker(held, nowMs);
  const { health } = onBreakerTimer(repaired, { ...timerOf(repaired), isSuspended: true });
  expect(health?.breaker).toMatchObject({ kind: "open", isSuspended: true, repair: { untilMs } });
});

test("an inactive webhook is not repaired: what waits ends in its own time", () => {
  const repaired = repairBreaker(held, nowMs);
  expect(drainOf(onBreakerTimer(repaired, timerOf(repaired, false)).health)).not.toHaveProperty(
    "repair",
  );
});

test("a receiver that still fails ends the repair after ten failures", () => {
  const failures = { count: 10, timeouts: 0, nowMs };
  expect(afterFailures(repairBreaker(held, nowMs), failures).breaker).toEqual({
    ...tripBreaker(9, 10, nowMs),
  });
});

test("is troubled where anything failed or is put aside", () => {
  expect([undefined, { ...failing, failures: 0 }].map(isTroubled)).toEqual([false, false]);
  expect([failing, held, { ...held, failures: 0 }].map(isTroubled)).toEqual([true, true, true]);
});
