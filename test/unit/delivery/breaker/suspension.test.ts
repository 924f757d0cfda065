import { expect, test } from "vitest";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { openHolds, releaseSuspended } from "../../../../shared/delivery/breaker/change-health.ts";
import {
  holdForSuspension,
  onBreakerTimer,
  resumeBreaker,
} from "../../../../shared/domain/breaker/breaker-timer.ts";
import type { Health, HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { jobWith, publishedTimeMs as nowMs, webhookId, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";
import { suspensionsOf } from "../suspensions.ts";

const names = { webhookId, cacheName: "orders", webhookName: "billing" };
const well: Health = {
  ...{ version: 1, failures: 0, timeouts: 0, failingSinceMs: null },
  breaker: { kind: "closed" },
};
const tickOf = (health: Health) => (health.breaker.kind === "closed" ? 0 : health.breaker.tick);
const circumstances = { maxRatePerSecond: 200, isActive: true };

test("posts nothing for a suspended cache, and has somebody come back before it parks", async () => {
  const suspensions = suspensionsOf("orders");
  const { deps, trace } = deliverDeps(answered(200), { suspensions });
  await deliverOne(jobWith(), contextOf(webhookWith()), deps);
  expect(trace.order).toEqual(["hold", "park", "record"]);
  expect(trace.recorded).toMatchObject([{ record: { status: "pending" } }]);
});

test("posts no probe either, and still ends at the horizon and with its webhook", async () => {
  const suspensions = suspensionsOf("orders");
  const probing = deliverDeps(answered(200), { suspensions });
  await deliverOne(jobWith({ isProbe: true }), contextOf(webhookWith()), probing.deps);
  expect(probing.trace.posted).toEqual([]);

  const late = { suspensions, now: () => nowMs + 8 * 86_400_000 };
  const { deps, trace } = deliverDeps(answered(200), late);
  await deliverOne(jobWith(), contextOf(webhookWith()), deps);
  expect(trace.failures).toEqual(["horizon"]);
});

test("posts for a cache beside a suspended one", async () => {
  const { deps, trace } = deliverDeps(answered(200), { suspensions: suspensionsOf("others") });
  await deliverOne(jobWith(), contextOf(webhookWith()), deps);
  expect(trace.posted).toHaveLength(1);
});

test("while a cache is suspended its webhooks' steps only set the next one, ever further off", () => {
  let health = holdForSuspension(undefined, nowMs);
  const steps: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    if (health.breaker.kind !== "open") throw new Error("not held");
    const { nextTickMs, stepSeconds } = health.breaker;
    steps.push(stepSeconds);
    const tick = { tick: tickOf(health), nowMs: nextTickMs, isSuspended: true, ...circumstances };
    const ticked = onBreakerTimer(health, tick);
    expect(ticked.action).toEqual({ kind: "wait" });
    health = ticked.health ?? well;
  }
  expect(steps).toEqual([60, 120, 240, 480, 900, 900]);
});

test("the first step after the suspension lets everything go, without a probe", () => {
  const held = holdForSuspension(undefined, nowMs);
  const { action } = onBreakerTimer(held, {
    tick: tickOf(held),
    nowMs: nowMs + 60_000,
    ...circumstances,
  });
  expect(action).toMatchObject({ kind: "drain" });
});

test("a drain stops when its cache is suspended", () => {
  const draining = resumeBreaker(holdForSuspension(well, nowMs), nowMs);
  const tick = { tick: tickOf(draining), nowMs, isSuspended: true, ...circumstances };
  const { health, action } = onBreakerTimer(draining, tick);
  expect(action).toEqual({ kind: "wait" });
  expect(health?.breaker).toMatchObject({ kind: "open", isSuspended: true });
});

test("what waits for a webhook that is gone or inactive ends, suspended or not", () => {
  const held = holdForSuspension(undefined, nowMs);
  const gone = { ...circumstances, isActive: false, isSuspended: true };
  const { action } = onBreakerTimer(held, { tick: tickOf(held), nowMs: nowMs + 60_000, ...gone });
  expect(action).toMatchObject({ kind: "drain" });
});

test("keeps what is known of a webhook's failures over a suspension", () => {
  const failing: Health = { ...well, failures: 7, failingSinceMs: nowMs - 1_000 };
  const after = resumeBreaker(holdForSuspension(failing, nowMs), nowMs);
  expect(after).toMatchObject({ failures: 7, failingSinceMs: nowMs - 1_000 });
});

function healthsOf(...rows: HealthRecord[]) {
  const stored = new Map(rows.map((row) => [row.webhookId, row]));
  const ticks: string[] = [];
  let changes = 0;
  return {
    stored,
    ticks,
    changes: () => changes,
    deps: {
      now: () => nowMs,
      retries: {
        sendBreakerTimer: async (tick: { webhookId: string }) => void ticks.push(tick.webhookId),
      },
      healths: {
        find: async (id: string) => stored.get(id),
        withTimers: async () =>
          [...stored.values()].filter(({ breaker }) => breaker.kind !== "closed"),
        async change(who: typeof names, before: Health | undefined, after: Health | undefined) {
          changes += 1;
          if (stored.get(who.webhookId)?.version !== before?.version) return false;
          if (after) stored.set(who.webhookId, { v: 1, ...who, ...after });
          else stored.delete(who.webhookId);
          return true;
        },
      },
    },
  };
}

test("holds a webhook once for a batch, also when its health changed meanwhile", async () => {
  const failing = { v: 1, ...names, ...well, failures: 3 } as const;
  const { deps, stored, ticks } = healthsOf(failing);
  const holds = openHolds(deps);
  // The batch saw no health row at all.
  await Promise.all([
    holds.ensure(webhookWith(), undefined),
    holds.ensure(webhookWith(), undefined),
  ]);
  expect(stored.get(webhookId)).toMatchObject({ failures: 3, breaker: { isSuspended: true } });
  expect(ticks).toEqual([webhookId]);
});

test("lets go of the webhooks of the resumed cache alone, and of those that it held", async () => {
  const heldRow = (id: string, cacheName: string) =>
    ({ v: 1, ...names, webhookId: id, cacheName, ...holdForSuspension(well, nowMs) }) as const;
  const dead = { kind: "open", stepSeconds: 10, tick: 1, nextTickMs: nowMs } as const;
  const { deps, stored, ticks } = healthsOf(
    heldRow("whk_a", "orders"),
    heldRow("whk_b", "others"),
    { v: 1, ...names, webhookId: "whk_c", ...well, breaker: dead },
  );
  await releaseSuspended("orders", deps);
  expect(ticks).toEqual(["whk_a"]);
  const kinds = [...stored.values()].map(({ breaker }) => breaker.kind);
  expect(kinds).toEqual(["draining", "open", "open"]);
});
