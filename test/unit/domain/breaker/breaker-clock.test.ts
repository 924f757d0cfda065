import { expect, test } from "vitest";
import { isTimerDue, lostTimer, tickToSend } from "../../../../shared/domain/breaker/breaker.ts";

const nextTickMs = 1_700_000_000_000;
const closed = { kind: "closed" } as const;
const open = { kind: "open", stepSeconds: 20, tick: 8, nextTickMs } as const;

test("awaits the one tick of its number, not before its time", () => {
  expect(isTimerDue(open, 8, nextTickMs)).toBe(true);
  expect(isTimerDue(open, 7, nextTickMs)).toBe(false);
  expect(isTimerDue(open, 8, nextTickMs - 1_001)).toBe(false);
  expect(isTimerDue(closed, 8, nextTickMs)).toBe(false);
});

test("forgives clocks that differ by a second", () => {
  expect(isTimerDue(open, 8, nextTickMs - 1_000)).toBe(true);
});

test("does not wait for a time that a clock far ahead has set", () => {
  const jumpedBackMs = nextTickMs - 3_600_000;
  expect(isTimerDue(open, 8, jumpedBackMs)).toBe(true);
  expect(lostTimer(open, jumpedBackMs)).toBe(8);
});

test("takes a tick for lost when it is more than two minutes late", () => {
  expect(lostTimer(open, nextTickMs + 120_000)).toBeUndefined();
  expect(lostTimer(open, nextTickMs + 120_001)).toBe(8);
  expect(lostTimer(closed, nextTickMs + 120_001)).toBeUndefined();
});

test("asks for a tick to be sent when a change has set a new one", () => {
  const nowMs = nextTickMs - 19_500;
  expect(tickToSend(undefined, open, nowMs)).toEqual({ tick: 8, delaySeconds: 20 });
  expect(tickToSend({ ...open, tick: 7 }, open, nowMs)).toEqual({ tick: 8, delaySeconds: 20 });
  expect(tickToSend(closed, open, nextTickMs + 5_000)).toEqual({ tick: 8, delaySeconds: 0 });
  expect(tickToSend(open, { ...open }, nowMs)).toBeUndefined();
  expect(tickToSend(open, closed, nowMs)).toBeUndefined();
  expect(tickToSend(open, undefined, nowMs)).toBeUndefined();
});
