import fc from "fast-check";
import { expect, test } from "vitest";
import { tickToSend } from "../../../shared/domain/breaker/breaker.ts";
import { type Change, histories, live, maxRatePerSecond } from "./health-history.ts";

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

function always(see: () => (change: Change) => void) {
  fc.assert(
    fc.property(histories, (history) => live(history, see())),
    { numRuns: 500 },
  );
}
