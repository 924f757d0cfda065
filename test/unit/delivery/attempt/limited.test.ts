import { expect, test } from "vitest";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { openRateGate, type Turn } from "../../../../shared/delivery/attempt/rate-gate.ts";
import {
  openRefusalWatch,
  openSentLately,
} from "../../../../shared/delivery/attempt/refusal-watch.ts";
import type { Health, HealthRecord } from "../../../../shared/domain/breaker/health-record.ts";
import { afterRefusal, heldUntilMs } from "../../../../shared/domain/breaker/refusal.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import type { Reservation } from "../../../../shared/store/waiting/slot-store.ts";
import { jobWith, publishedTimeMs, webhookId, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

const nowMs = publishedTimeMs + 100;
const limited = webhookWith({ maxPerSecond: 2 });
const horizonMs = 7 * 86_400_000;

function heldFor(ms: number): HealthRecord {
  const refusal = { notBeforeMs: nowMs + ms, sentPerSecond: 1, hasLimit: true, nowMs };
  const health = afterRefusal(undefined, refusal);
  if (!health) throw new Error("it is not held");
  return { v: 1, webhookId, cacheName: "orders", webhookName: "billing", ...health };
}

test("posts nothing before the time that a receiver has asked for, probes included", async () => {
  for (const isProbe of [undefined, true]) {
    const { deps, trace } = deliverDeps(answered(200));
    const context = contextOf(webhookWith(), undefined, heldFor(40_000));
    await deliverOne(jobWith({ isProbe }), context, deps);
    expect(trace.order).toEqual(["drain", "park", "record"]);
    expect(trace.recorded).toMatchObject([{ record: { nextAttemptTimeMs: nowMs + 40_000 } }]);
  }
  const { deps, trace } = deliverDeps(answered(200), { now: () => nowMs + 40_000 });
  await deliverOne(jobWith(), contextOf(webhookWith(), undefined, heldFor(40_000)), deps);
  expect(trace.posted).toHaveLength(1);
});

test("what is learnt while a job waits for its turn counts for it", async () => {
  const refusals = { answered: async () => {}, healthOf: () => heldFor(40_000) };
  const turn: Turn = { kind: "slot", timeMs: nowMs };
  const { deps, trace } = deliverDeps(answered(200), { refusals, turn });
  await deliverOne(jobWith(), contextOf(limited), deps);
  expect(trace.posted).toEqual([]);
});

test("puts aside what gets no slot, for about when it will get one", async () => {
  const turn: Turn = { kind: "later", timeMs: nowMs + 60_000.5 };
  const { deps, trace } = deliverDeps(answered(200), { turn });
  await deliverOne(jobWith(), contextOf(limited), deps);
  expect(trace.order).toEqual(["drain", "park", "record"]);
  const { record } = trace.recorded[0] ?? {};
  expect(record).toMatchObject({ status: "pending", nextAttemptTimeMs: nowMs + 60_001 });
});

test("ends at once what would get its slot behind the horizon", async () => {
  const turn: Turn = { kind: "later", timeMs: publishedTimeMs + horizonMs + 1 };
  const { deps, trace } = deliverDeps(answered(200), { turn });
  await deliverOne(jobWith(), contextOf(limited), deps);
  expect(trace.failures).toEqual(["horizon"]);
  expect(trace.order).toEqual(["record"]);
});

test("waits for its slot, and makes no attempt in one that it has missed", async () => {
  let clockMs = nowMs;
  const waits: number[] = [];
  const timers = {
    ...realTimers,
    wait: async (ms: number) => {
      waits.push(ms);
      clockMs += ms;
    },
  };
  const late: Turn = { kind: "later", timeMs: nowMs + 30_000 };
  const common = { timers, now: () => clockMs, gate: { turnOf: async () => late } };
  const inTime = deliverDeps(answered(200), {
    ...common,
    turn: { kind: "slot", timeMs: nowMs + 700 },
  });
  await deliverOne(jobWith(), contextOf(limited), inTime.deps);
  expect([waits, inTime.trace.posted.length]).toEqual([[700], 1]);
  const missed = deliverDeps(answered(200), { ...common, turn: { kind: "slot", timeMs: nowMs } });
  await deliverOne(jobWith(), contextOf(limited), missed.deps);
  expect([missed.trace.posted, missed.trace.order]).toEqual([[], ["drain", "park", "record"]]);
});

function gateWith(slotsMs: readonly number[]) {
  const asked: Reservation[] = [];
  const slots = {
    async reserve(_: string, reservation: Reservation) {
      asked.push(reservation);
      return {
        slots: slotsMs.slice(0, reservation.howMany),
        nextSlotMs: nowMs + 5_000,
        waiting: 3,
      };
    },
  };
  return { gate: openRateGate({ slots, timers: realTimers, now: () => nowMs }), asked };
}

test("a batch makes one reservation for a webhook, however many jobs it has", async () => {
  const { gate, asked } = gateWith([nowMs + 100, nowMs + 650]);
  const turns = await Promise.all(
    Array.from({ length: 10 }, () => gate.turnOf(jobWith(), limited, undefined)),
  );
  expect(asked).toMatchObject([{ howMany: 10, perSecond: 2, countsRest: true }]);
  expect(turns.map(({ kind }) => kind)).toEqual(["slot", "slot", ...Array(8).fill("later")]);
});

test("nobody asks for a webhook without a rate", async () => {
  const { gate, asked } = gateWith([]);
  expect(await gate.turnOf(jobWith(), webhookWith(), undefined)).toEqual({ kind: "free" });
  expect(asked).toEqual([]);
});

test("a slot that a step gave out is taken, unless it is missed or of a higher rate", async () => {
  const { gate, asked } = gateWith([]);
  const turnOf = (timeMs: number, perSecond: number) =>
    gate.turnOf(jobWith({ slot: { timeMs, perSecond } }), limited, undefined);
  expect(await turnOf(nowMs + 900, 2)).toEqual({ kind: "slot", timeMs: nowMs + 900 });
  expect(await turnOf(nowMs - 40, 1)).toEqual({ kind: "slot", timeMs: nowMs - 40 });
  expect(asked).toEqual([]);
  for (const [timeMs, perSecond] of [
    [nowMs + 900, 3],
    [nowMs - 51, 2],
    [nowMs + 100_000, 2],
  ] as const) {
    expect((await turnOf(timeMs, perSecond)).kind).toBe("later");
  }
  expect(asked).toHaveLength(3);
});

function watchWith() {
  const changes: (Health | undefined)[] = [];
  const sentLately = openSentLately();
  const watch = openRefusalWatch({
    healths: {
      find: async () => undefined,
      change: async (_who, _before, after) => {
        changes.push(after);
        return true;
      },
    },
    retries: { sendBreakerTimer: async () => {} },
    sentLately,
    timers: realTimers,
    random: () => 0.5,
    now: () => nowMs,
  });
  const answer = (statusCode: number, notBeforeMs?: number) => {
    const record = { attempt: 1, timeMs: nowMs, statusCode, latencyMs: 1, responseBody: "" };
    const error = `HTTP ${statusCode}`;
    return {
      verdict: { kind: "retry" as const, error, ...(notBeforeMs && { notBeforeMs }) },
      record: { ...record, error },
      isTimeout: false,
    };
  };
  return { watch, changes, sentLately, answer };
}

test("a 429 or 503 with retry-after holds the webhook at once, any other status its delivery alone", async () => {
  const { watch, changes, answer } = watchWith();
  for (const statusCode of [500, 502, 504, 404]) {
    await watch.answered(webhookWith(), undefined, answer(statusCode, nowMs + 40_000));
  }
  await watch.answered(webhookWith(), undefined, answer(503));
  expect(changes).toEqual([]);
  await watch.answered(limited, undefined, answer(503, nowMs + 40_000));
  expect(changes).toHaveLength(1);
  expect(heldUntilMs(watch.healthOf(webhookId), nowMs)).toBe(nowMs + 40_000);
});

test("429s of one batch slow a webhook down once, to half of what was sent", async () => {
  const { watch, changes, sentLately, answer } = watchWith();
  sentLately.note(webhookId, nowMs - 1_500);
  for (let n = 7; n >= 0; n -= 1) sentLately.note(webhookId, nowMs - 100 * n);
  await Promise.all(
    Array.from({ length: 7 }, () => watch.answered(webhookWith(), undefined, answer(429))),
  );
  expect(changes).toMatchObject([{ throttle: { perSecond: 4 } }]);
  await watch.answered(limited, undefined, answer(429));
  expect(changes).toHaveLength(1);
});
