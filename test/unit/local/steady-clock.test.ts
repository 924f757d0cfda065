import { expect, test } from "vitest";
import { steadyClock } from "../../../local/clock/steady-clock.ts";

test("goes forward with the machine's clock, and on where that is set back", () => {
  let wallMs = 1_000_000;
  let elapsedMs = 10;
  const now = steadyClock(
    () => wallMs,
    () => elapsedMs,
  );
  const pass = (ms: number) => {
    wallMs += ms;
    elapsedMs += ms;
  };
  expect(now()).toBe(1_000_000);
  pass(500);
  expect(now()).toBe(1_000_500);
  wallMs -= 3_600_000;
  expect(now()).toBe(1_000_500);
  pass(1_000);
  expect(now()).toBe(1_001_500);
  // Put right again, and then the machine slept.
  wallMs += 3_600_000;
  expect(now()).toBe(1_001_500);
  wallMs += 60_000;
  expect(now()).toBe(1_061_500);
});
