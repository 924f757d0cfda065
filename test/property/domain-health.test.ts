import fc from "fast-check";
import { expect, test } from "vitest";
import { tickToSend } from "../../shared/domain/breaker-clock.ts";
import { onDrained, onTick, released } from "../../shared/domain/breaker-tick.ts";
import { afterBatch } from "../../shared/domain/health.ts";
import type { Health } from "../../shared/domain/health-record.ts";

const startMs = 1_700_000_000_000;
const maxRatePerSecond = 100;

type Event =
  | { kind: "batch"; successes: number; failures: number; timeouts: number }
  | { kind: "tick"; which: "awaited" | "stale" | "doubled"; isActive: boolean; jitter: number }
  | { kind: "drained" }
  | { kind: "activated" };

const batches = fc
  .record({ successes: fc.integer({ min: -5, max: 2 }), failures: fc.nat(10), share: fc.nat(2) })
  .map(({ successes, failures, share }): Event => {
    const timeouts = Math.floor((failures * share) / 2);
    return { kind: "batch", successes: Math.max(0, successes), failures, timeouts };
  });
const ticks = fc.record({
  kind: fc.constant("tick" as const),
  which: fc.constantFrom(
    "awaited" as const,
    "awaited" as const,
    "stale" as const,
    "doubled" as const,
  ),
  isActive: fc.integer({ min: 0, max: 9 }).map((draw) => draw > 0),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: batches },
  { weight: 6, arbitrary: ticks },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "drained" }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "activated" }) },
);
/** How long after the event before, in milliseconds. */
const pauses = fc.oneof(fc.nat(2_000), fc.nat(60_000), fc.nat(1_200_000));
const histories = fc.array(fc.record({ event: events, pauseMs: pauses }), { maxLength: 150 });

/** What truly happened since the last success, uncapped. */
interface Truth {
  failures: number;
  timeouts: number;
  sinceMs: number | undefined;
}

interface Change {
  event: Event;
  nowMs: number;
  before: Health | undefined;
  after: Health | undefined;
  hasProbed: boolean;
  truth: Truth;
}

/** Lives through a history; the number of every tick set is in `numbers`. */
function live(
  history: readonly { event: Event; pauseMs: number }[],
  see: (change: Change) => void,
) {
  let health: Health | undefined;
  let nowMs = startMs;
  let truth: Truth = { failures: 0, timeouts: 0, sinceMs: undefined };
  for (const { event, pauseMs } of history) {
    nowMs += pauseMs;
    truth = event.kind === "batch" ? told(truth, event, nowMs) : truth;
    if (event.kind === "activated") truth = { failures: 0, timeouts: 0, sinceMs: undefined };
    const before = health;
    const { health: after, hasProbed } = handle(event, before, nowMs);
    see({ event, nowMs, before, after, hasProbed, truth });
    health = after;
  }
}

function told(truth: Truth, batch: Event & { kind: "batch" }, nowMs: number): Truth {
  const { successes, failures, timeouts } = batch;
  if (successes > 0) return { failures: 0, timeouts: 0, sinceMs: undefined };
  if (failures === 0) return truth;
  return {
    failures: truth.failures + failures,
    timeouts: timeouts === failures ? truth.timeouts + timeouts : timeouts,
    sinceMs: truth.sinceMs ?? nowMs,
  };
}

function handle(event: Event, health: Health | undefined, nowMs: number) {
  if (event.kind === "batch")
    return { health: afterBatch(health, { ...event, nowMs }), hasProbed: false };
  if (event.kind === "drained") return { health: onDrained(health, nowMs), hasProbed: false };
  if (event.kind === "activated") return { health: released(health, nowMs), hasProbed: false };
  const awaited = health && health.breaker.kind !== "closed" ? health.breaker.tick : 0;
  const tick = event.which === "stale" ? awaited - 1 : awaited;
  const rest = { tick, nowMs, maxRatePerSecond, isActive: event.isActive, jitter: event.jitter };
  const first = onTick(health, rest);
  if (event.which === "doubled") {
    const second = onTick(first.health, rest);
    if (first.action.kind !== "none")
      expect(second).toEqual({ health: first.health, action: { kind: "none" } });
  }
  if (event.which === "stale") expect(first).toEqual({ health, action: { kind: "none" } });
  return { health: first.health, hasProbed: first.action.kind === "probe" };
}

function always(see: () => (change: Change) => void) {
  fc.assert(
    fc.property(histories, (history) => live(history, see())),
    { numRuns: 500 },
  );
}

test("counts from nought to ten, with a first failure exactly when there are any", () => {
  always(() => ({ after }) => {
    if (!after) return;
    expect(after.failures).toBeGreaterThanOrEqual(after.timeouts);
    expect(after.timeouts).toBeGreaterThanOrEqual(0);
    expect(after.failures).toBeLessThanOrEqual(10);
    expect(after.failingSinceMs === null).toBe(after.failures === 0);
    expect(after.breaker.kind === "closed" && after.failures === 0).toBe(false);
  });
});

test("opens only after ten failures in a row over a minute, ten time-outs, or ten in a drain", () => {
  always(() => ({ before, after, truth, nowMs }) => {
    if (after?.breaker.kind !== "open" || before?.breaker.kind === "open") return;
    const isLong = truth.sinceMs !== undefined && nowMs - truth.sinceMs >= 60_000;
    const isDraining = before?.breaker.kind === "draining";
    expect(truth.timeouts >= 10 || (truth.failures >= 10 && (isLong || isDraining))).toBe(true);
  });
});

test("stays closed only while the thresholds are not met", () => {
  always(() => ({ event, after, truth, nowMs }) => {
    if (event.kind !== "batch" || event.failures === 0 || after?.breaker.kind !== "closed") return;
    const isLong = truth.sinceMs !== undefined && nowMs - truth.sinceMs >= 60_000;
    expect(truth.timeouts >= 10 || (truth.failures >= 10 && isLong)).toBe(false);
  });
});

test("changes its version with every change, and never uses a tick's number twice", () => {
  always(() => {
    const numbers = new Set<number>();
    return ({ before, after, nowMs }) => {
      if (after === before) return;
      if (before && after) expect(after.version).toBe(before.version + 1);
      const sent = tickToSend(before?.breaker, after?.breaker, nowMs);
      if (!sent) return;
      expect(numbers.has(sent.tick)).toBe(false);
      numbers.add(sent.tick);
      expect(sent.delaySeconds).toBeLessThanOrEqual(900);
    };
  });
});

test("probes at most once a step, and steps within 10 … 900 seconds", () => {
  always(() => {
    let nextProbeMs = 0;
    return ({ after, hasProbed, nowMs }) => {
      if (after?.breaker.kind !== "open") {
        nextProbeMs = 0;
        return;
      }
      expect(after.breaker.stepSeconds).toBeGreaterThanOrEqual(10);
      expect(after.breaker.stepSeconds).toBeLessThanOrEqual(900);
      if (!hasProbed) return;
      // A tick may be a second early, as clocks differ.
      expect(nowMs).toBeGreaterThanOrEqual(nextProbeMs - 1_000);
      nextProbeMs = after.breaker.nextTickMs;
      const waitSeconds = (nextProbeMs - nowMs) / 1000;
      expect(waitSeconds).toBeGreaterThanOrEqual(0.8 * after.breaker.stepSeconds);
      expect(waitSeconds).toBeLessThanOrEqual(after.breaker.stepSeconds);
    };
  });
});

test("drains between one a second and the cap, and at most doubles from tick to tick", () => {
  always(() => ({ event, before, after }) => {
    if (after?.breaker.kind !== "draining" || event.kind !== "tick") return;
    const rate = after.breaker.ratePerSecond;
    expect(rate).toBeGreaterThanOrEqual(1);
    expect(rate).toBeLessThanOrEqual(maxRatePerSecond);
    if (before?.breaker.kind !== "draining" || !event.isActive) return;
    expect(rate).toBeLessThanOrEqual(2 * before.breaker.ratePerSecond);
  });
});
