import { expect, test } from "vitest";
import { lastResult, lastResultTime } from "../../../console/state/webhooks/last-result.ts";
import type { WebhookHealth } from "../../../shared/contract/health.ts";

const failing: WebhookHealth = {
  state: "failing",
  since: "2026-01-01T00:00:00Z",
  lastAttemptTime: "2026-01-01T00:05:00Z",
  lastSuccessTime: null,
  lastStatusCode: 500,
  lastError: "HTTP 500",
  waiting: 1,
  nextProbeTime: null,
  nextFreeTime: null,
};

test("a result is told with the time of its attempt", () => {
  expect(lastResult(failing)).toBe("500");
  expect(lastResultTime(failing)).toBe(failing.lastAttemptTime);
});

test("no time stands beside a result that no attempt had", () => {
  const { lastAttemptTime: _unknown, ...uncounted } = failing;
  expect(lastResultTime({ ...uncounted, lastStatusCode: null, lastError: null })).toBeUndefined();
  const suspended: WebhookHealth = { ...failing, state: "held", nextProbeTime: null };
  expect(lastResult(suspended)).toBe("cache suspended");
  expect(lastResultTime(suspended)).toBeUndefined();
});
