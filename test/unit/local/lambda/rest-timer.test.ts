import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRestTimer } from "../../../../local/process/rest-timer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("acts once each time when nothing has been noted for so long", () => {
  let rests = 0;
  const rest = createRestTimer(1_000, () => {
    rests += 1;
  });
  vi.advanceTimersByTime(600);
  rest.note();
  vi.advanceTimersByTime(999);
  expect(rests).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(rests).toBe(1);
  rest.note();
  vi.advanceTimersByTime(1_000);
  expect(rests).toBe(2);
  rest.note();
  rest.stop();
  vi.advanceTimersByTime(5_000);
  expect(rests).toBe(2);
});
