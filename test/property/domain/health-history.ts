import fc from "fast-check";
import { expect } from "vitest";
import {
  onBreakerTimer,
  onDrained,
  resetBreaker,
} from "../../../shared/domain/breaker/breaker-timer.ts";
import { afterBatch } from "../../../shared/domain/breaker/health.ts";
import type { Health } from "../../../shared/domain/breaker/health-record.ts";

const startMs = 1_700_000_000_000;
export const maxRatePerSecond = 100;

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
const muddles = fc.array(fc.record({ event: events, pauseMs: pauses }), { maxLength: 150 });

/** Long spells of one kind, ticks in time: how breakers come to their longest step and drains to their end. */
const spells = fc
  .array(fc.record({ isWell: fc.boolean(), ticks: fc.integer({ min: 1, max: 14 }) }), {
    maxLength: 8,
  })
  .map((all) =>
    all.flatMap(({ isWell, ticks }) => Array.from({ length: ticks }, () => spell(isWell))),
  )
  .map((all) => all.flat());
export const histories = fc.oneof(muddles, spells);

function spell(isWell: boolean): { event: Event; pauseMs: number }[] {
  const counts = isWell
    ? { successes: 1, failures: 0, timeouts: 0 }
    : { successes: 0, failures: 10, timeouts: 10 };
  return [
    { event: { kind: "batch", ...counts }, pauseMs: 1 },
    { event: { kind: "tick", which: "awaited", isActive: true, jitter: 1 }, pauseMs: 900_000 },
    { event: { kind: "drained" }, pauseMs: 1 },
  ];
}

/** What truly happened since the last success, uncapped. */
interface Truth {
  failures: number;
  timeouts: number;
  sinceMs: number | undefined;
}

export interface Change {
  event: Event;
  nowMs: number;
  before: Health | undefined;
  after: Health | undefined;
  hasProbed: boolean;
  truth: Truth;
}

/** Lives through a history, and shows each change with what truly happened. */
export function live(
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
  if (event.kind === "activated") return { health: resetBreaker(health, nowMs), hasProbed: false };
  const awaited = health && health.breaker.kind !== "closed" ? health.breaker.tick : 0;
  const tick = event.which === "stale" ? awaited - 1 : awaited;
  const rest = { tick, nowMs, maxRatePerSecond, isActive: event.isActive, jitter: event.jitter };
  const first = onBreakerTimer(health, rest);
  if (event.which === "doubled") {
    const second = onBreakerTimer(first.health, rest);
    if (first.action.kind !== "none")
      expect(second).toEqual({ health: first.health, action: { kind: "none" } });
  }
  if (event.which === "stale") expect(first).toEqual({ health, action: { kind: "none" } });
  return { health: first.health, hasProbed: first.action.kind === "probe" };
}
