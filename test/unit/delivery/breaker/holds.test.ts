import { expect, test } from "vitest";
import { lookAtHolds } from "../../../../shared/delivery/breaker/holds.ts";
import { type Breaker, tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import type { HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { awaitingSlots } from "../../../../shared/domain/breaker/refusal.ts";
import { publishedTimeMs as nowMs, webhookId, webhookWith } from "../../samples.ts";

const names = { v: 1, webhookId, cacheName: "orders", webhookName: "billing" } as const;
const failures = { failures: 10, timeouts: 0, failingSinceMs: 0 };
const limited = awaitingSlots(undefined, nowMs).breaker;

function healthWith(breaker: Breaker, heldUntilMs?: number): HealthRecord {
  const throttle = heldUntilMs === undefined ? undefined : { heldUntilMs };
  return { ...names, version: 1, ...failures, breaker, throttle };
}

function look({
  health,
  isSuspended = false,
  maxPerSecond,
  waiting = 0,
}: {
  health?: HealthRecord;
  isSuspended?: boolean;
  maxPerSecond?: number;
  waiting?: number;
}) {
  return lookAtHolds(webhookWith({ maxPerSecond }), {
    suspensions: { has: async () => isSuspended },
    healths: { find: async () => health },
    rateSlots: { find: async () => ({ nextSlotMs: nowMs, waiting }) },
    now: () => nowMs,
  });
}

test("nothing holds a webhook that is well", async () => {
  expect(await look({})).toEqual({ isOpen: false, isHeld: false });
});

test("an open breaker lets a probe through", async () => {
  const health = healthWith(tripBreaker(1, 10, nowMs));
  expect(await look({ health })).toEqual({ isOpen: true, isHeld: false });
});

test("a suspended cache and a pause that the receiver asked for hold even that", async () => {
  const open = tripBreaker(1, 10, nowMs);
  expect(await look({ health: healthWith(open), isSuspended: true })).toMatchObject({
    isHeld: true,
  });
  expect(await look({ health: healthWith(open, nowMs + 1) })).toMatchObject({ isHeld: true });
  expect(await look({ health: healthWith(open, nowMs) })).toMatchObject({ isHeld: false });
});

test("a rate holds while others wait for its slots", async () => {
  const health = healthWith(limited);
  expect(await look({ health, maxPerSecond: 1, waiting: 5 })).toMatchObject({ isHeld: true });
  expect(await look({ health, maxPerSecond: 1 })).toMatchObject({ isHeld: false });
  expect(await look({ maxPerSecond: 1, waiting: 5 })).toMatchObject({ isHeld: false });
});
