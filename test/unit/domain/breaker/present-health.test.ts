import { expect, test } from "vitest";
import type { Breaker } from "../../../../shared/domain/breaker/breaker.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";
import {
  healthLimitProblems,
  mayBeUnwell,
  type Observed,
  presentHealth,
} from "../../../../shared/domain/breaker/present-health.ts";
import { publishedTimeMs as createdTimeMs, webhookWith } from "../../samples.ts";

const nowMs = createdTimeMs + 3_600_500;
const ago = (seconds: number) => nowMs - 1_000 * seconds;
const at = (timeMs: number) => `${new Date(timeMs).toISOString().slice(0, -5)}Z`;

const closed: Breaker = { kind: "closed" };
const held: Breaker = {
  kind: "open",
  stepSeconds: 10,
  tick: 1,
  nextTickMs: nowMs + 4_200,
  sinceMs: ago(60),
};
const draining: Breaker = {
  kind: "draining",
  ratePerSecond: 10,
  tick: 1,
  nextTickMs: nowMs,
  ticks: 0,
  failures: 0,
  hasSucceeded: false,
  reopenStepSeconds: 10,
  sinceMs: ago(30),
};

function healthWith(changes: Partial<Health>): Health {
  return {
    version: 1,
    failures: 0,
    timeouts: 0,
    failingSinceMs: null,
    breaker: closed,
    ...changes,
  };
}

const failing = { failures: 3, failingSinceMs: ago(120) };

function seen(changes: Partial<Observed>) {
  return presentHealth({
    webhook: webhookWith(),
    health: undefined,
    waiting: 0,
    nowMs,
    ...changes,
  });
}

test("a webhook without a health row is ok since it was made, and nothing waits", () => {
  expect(seen({ waiting: 5 })).toEqual({
    state: "ok",
    since: at(createdTimeMs),
    lastSuccessTime: null,
    lastStatusCode: null,
    lastError: null,
    waiting: 0,
    nextProbeTime: null,
    nextFreeTime: null,
  });
});

test("one whose last attempt failed is failing since the first failure of the row", () => {
  expect(seen({ health: healthWith(failing), waiting: 2 })).toMatchObject({
    state: "failing",
    since: at(ago(120)),
    waiting: 2,
    nextProbeTime: null,
  });
});

test("one whose breaker is open is held since it opened, and is tried next in the future", () => {
  const health = healthWith({ ...failing, breaker: held });
  expect(seen({ health, waiting: 60 })).toMatchObject({
    state: "held",
    since: at(ago(60)),
    waiting: 60,
    nextProbeTime: at(nowMs + 5_000 - 500),
  });
  const late = healthWith({ ...failing, breaker: { ...held, nextTickMs: ago(9) } });
  expect(Date.parse(seen({ health: late }).nextProbeTime ?? "")).toBeGreaterThanOrEqual(nowMs);
});

test("a suspended cache's webhook is held, and nothing is tried", () => {
  const health = healthWith({ breaker: { ...held, isSuspended: true } });
  expect(seen({ health, waiting: 1 })).toMatchObject({ state: "held", nextProbeTime: null });
});

test("a drain holds back what waits, and nothing once it is through", () => {
  const health = healthWith({ breaker: draining });
  expect(seen({ health, waiting: 4 })).toMatchObject({
    state: "limited",
    since: at(ago(30)),
    waiting: 4,
    nextFreeTime: null,
  });
  expect(seen({ health })).toMatchObject({ state: "ok", waiting: 0 });
  const again = healthWith({ ...failing, breaker: draining });
  expect(seen({ health: again })).toMatchObject({ state: "failing" });
});

test("a Retry-After limits a webhook until its end, whether anything waits or not", () => {
  const throttle = { heldUntilMs: nowMs + 30_000 };
  const health = healthWith({ breaker: { ...draining, isLimited: true }, throttle });
  expect(seen({ health })).toMatchObject({
    state: "limited",
    nextFreeTime: at(nowMs + 30_500),
  });
});

test("a rate tells when its next slot is free behind what waits", () => {
  const health = healthWith({ breaker: { ...draining, isLimited: true } });
  const webhook = webhookWith({ maxPerSecond: 1 });
  const slots = { nextSlotMs: nowMs + 10_000, waiting: 10 };
  const { nextFreeTime } = seen({ webhook, health, slots, waiting: 10 });
  const waitMs = Date.parse(nextFreeTime ?? "") - nowMs;
  expect(waitMs).toBeGreaterThan(20_000);
  expect(waitMs).toBeLessThan(23_000);
});

test("an inactive one is disabled since its last change, whatever else is known of it", () => {
  const webhook = webhookWith({ status: "inactive", lastModifiedTimeMs: ago(10) });
  const health = healthWith({ ...failing, breaker: held });
  expect(seen({ webhook, health, waiting: 3 })).toMatchObject({
    state: "disabled",
    since: at(ago(10)),
    waiting: 3,
    nextProbeTime: null,
  });
});

test("rows of an earlier version, which do not say since when, are dated by what they say", () => {
  const { sinceMs: _, ...unknown } = held;
  const health = healthWith({ ...failing, breaker: unknown });
  expect(seen({ health }).since).toBe(at(ago(120)));
});

test("counts no further than a thousand, and nothing of one that is ok for certain", () => {
  expect(seen({ health: healthWith(failing), waiting: 1_700 }).waiting).toBe(1_000);
  expect(mayBeUnwell(webhookWith(), undefined)).toBe(false);
  expect(mayBeUnwell(webhookWith(), healthWith({ isNewcomer: true }))).toBe(false);
  expect(mayBeUnwell(webhookWith(), healthWith(failing))).toBe(true);
  expect(mayBeUnwell(webhookWith(), healthWith({ breaker: draining }))).toBe(true);
  expect(mayBeUnwell(webhookWith({ status: "inactive" }), undefined)).toBe(true);
});

test("tells the latest result where somebody counts them", () => {
  const latest = {
    lastAttemptMs: ago(2),
    lastSuccessMs: ago(5),
    lastStatusCode: 500,
    lastError: "HTTP 500",
  };
  expect(seen({ latest })).toMatchObject({
    lastAttemptTime: at(ago(2)),
    lastSuccessTime: at(ago(5)),
    lastStatusCode: 500,
    lastError: "HTTP 500",
  });
});

test("a page with health holds at most a hundred", () => {
  expect(healthLimitProblems({ include: "health", limit: "100" })).toEqual([]);
  expect(healthLimitProblems({ limit: "101" })).toEqual([]);
  expect(healthLimitProblems({ include: "health", limit: "101" })).toMatchObject([
    { path: "limit" },
  ]);
});
