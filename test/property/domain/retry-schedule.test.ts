import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "../../../shared/domain/attempts/retry-after.ts";
import {
  defaultHorizonMs,
  nextAttemptTime,
  defaultRetryScheduleSeconds as schedule,
} from "../../../shared/domain/attempts/retry-schedule.ts";

const attempts = fc.integer({ min: 1, max: schedule.length });
const jitters = fc.double({ min: 0, max: 1, noNaN: true });
const publishedTimeMs = 1_700_000_000_000;
const elapsed = fc.integer({ min: 0, max: defaultHorizonMs });

test("stays within 20 % of the scheduled wait", () => {
  fc.assert(
    fc.property(attempts, jitters, elapsed, (attempt, jitter, elapsedMs) => {
      const nowMs = publishedTimeMs + elapsedMs;
      const next = nextAttemptTime({
        schedule,
        attempt,
        nowMs,
        publishedTimeMs,
        jitter,
        horizonMs: Infinity,
      });
      const waitMs = (schedule[attempt - 1] ?? 0) * 1000;
      expect(next.kind).toBe("at");
      if (next.kind === "over") return;
      expect(next.timeMs - nowMs).toBeGreaterThanOrEqual(waitMs * 0.8);
      expect(next.timeMs - nowMs).toBeLessThanOrEqual(waitMs * 1.2);
    }),
  );
});

test("is never sooner than the receiver asked, never sooner than the schedule, never past the horizon", () => {
  fc.assert(
    fc.property(
      attempts,
      jitters,
      elapsed,
      fc.nat(90_000),
      (attempt, jitter, elapsedMs, seconds) => {
        const nowMs = publishedTimeMs + elapsedMs;
        const notBeforeMs = nowMs + (retryAfterMs(String(seconds), nowMs) ?? 0);
        const at = { schedule, attempt, nowMs, publishedTimeMs, jitter };
        const next = nextAttemptTime({ ...at, notBeforeMs });
        const unasked = nextAttemptTime({ ...at, horizonMs: Infinity });
        const dueMs = Math.max(notBeforeMs, unasked.kind === "at" ? unasked.timeMs : 0);

        if (next.kind === "at") {
          expect(next.timeMs).toBe(dueMs);
          expect(next.timeMs).toBeLessThanOrEqual(publishedTimeMs + defaultHorizonMs);
        } else {
          expect(next.error).toBe("horizon");
          expect(dueMs).toBeGreaterThan(publishedTimeMs + defaultHorizonMs);
        }
      },
    ),
  );
});

test("ends after ten attempts however they jitter, within 91 hours", () => {
  fc.assert(
    fc.property(fc.array(jitters, { minLength: 10, maxLength: 10 }), (draws) => {
      let nowMs = publishedTimeMs;
      let made = 0;
      for (const jitter of draws) {
        made += 1;
        const next = nextAttemptTime({ schedule, attempt: made, nowMs, publishedTimeMs, jitter });
        if (next.kind === "over") break;
        nowMs = next.timeMs;
      }
      expect(made).toBe(10);
      expect(nowMs - publishedTimeMs).toBeLessThanOrEqual(272_105_000 * 1.2);
    }),
  );
});

test("never asks for a wait outside 0 … 24 hours, whatever the header says", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
      (header) => {
        const waitMs = retryAfterMs(header, publishedTimeMs) ?? 0;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(86_400_000);
      },
    ),
  );
});
