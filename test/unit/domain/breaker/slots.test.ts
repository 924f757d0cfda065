import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isWorthTelling,
  nextFreeTimeMs,
  planSlots,
  slotsBefore,
  slotsIn,
  slotToleranceMs,
  spacingMs,
  stepSeconds,
} from "../../../../shared/domain/breaker/slots.ts";

const rates = fc.double({ min: 0.1, max: 1_000, noNaN: true });

test("no second that POSTs of late slots can share holds more of them than the rate", () => {
  fc.assert(
    fc.property(rates, (perSecond) => {
      const most = Math.ceil(perSecond);
      expect(most * spacingMs(perSecond)).toBeGreaterThanOrEqual(1_000 + slotToleranceMs);
    }),
  );
});

test("the spacing costs no more than a twentieth of the rate", () => {
  fc.assert(
    fc.property(rates, (perSecond) => {
      expect(1_000 / spacingMs(perSecond)).toBeGreaterThan(0.94 * perSecond);
    }),
  );
});

test("a plan gives out what fits, from the first that is free", () => {
  const request = { howMany: 10, perSecond: 4, fromMs: 10_000, untilMs: 11_000 };
  expect(planSlots(undefined, request)).toEqual({ isIdle: true, granted: 4 });
  expect(planSlots(9_000, request)).toEqual({ isIdle: true, granted: 4 });
  expect(planSlots(10_500, request)).toEqual({ isIdle: false, granted: 2 });
  expect(planSlots(11_001, request)).toEqual({ isIdle: false, granted: 0 });
  expect(planSlots(undefined, { ...request, howMany: 2 })).toEqual({ isIdle: true, granted: 2 });
});

test("what a clock that had jumped ahead has given out binds nobody", () => {
  const request = { howMany: 1, perSecond: 1, fromMs: 10_000, untilMs: 11_000 };
  expect(planSlots(10_000_000_000, request)).toEqual({ isIdle: true, granted: 1 });
});

test("slots are exact, however many there have been", () => {
  const endMs = 1_706_138_429_000 + 1_000 * spacingMs(7);
  expect(slotsBefore(endMs, 3, 7).map((slotMs) => endMs - slotMs)).toEqual(
    [3, 2, 1].map((ahead) => ahead * spacingMs(7)),
  );
});

test("a step is as long as sixty slots at low rates, and never longer than a hundred seconds", () => {
  expect([0.1, 0.5, 1, 10, 1_000].map((rate) => stepSeconds(rate))).toEqual([100, 100, 60, 10, 10]);
  expect(stepSeconds(undefined)).toBe(10);
  expect([0.1, 0.5, 1].map((rate) => stepSeconds(rate, true))).toEqual([100, 20, 10]);
  expect([slotsIn(10, 10), slotsIn(10, 1), slotsIn(100, 0.1)]).toEqual([95, 9, 9]);
});

test("a message that is published now comes behind what waits", () => {
  const waiting = { nextSlotMs: 15_000, waiting: 100 };
  expect(nextFreeTimeMs(waiting, 10, 10_000)).toBe(15_000 + 10_500);
  expect(nextFreeTimeMs({ nextSlotMs: 0, waiting: -3 }, 10, 10_000)).toBe(10_000);
});

test("a backlog of more than an hour is told of, and again after six", () => {
  const hourMs = 3_600_000;
  const nowMs = 1_706_138_429_000;
  expect(isWorthTelling(nowMs + hourMs, undefined, nowMs)).toBe(false);
  expect(isWorthTelling(nowMs + hourMs + 1, undefined, nowMs)).toBe(true);
  expect(isWorthTelling(nowMs + 2 * hourMs, nowMs - 5 * hourMs, nowMs)).toBe(false);
  expect(isWorthTelling(nowMs + 2 * hourMs, nowMs - 6 * hourMs, nowMs)).toBe(true);
});
