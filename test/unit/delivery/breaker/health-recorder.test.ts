import { expect, test } from "vitest";
import { createHealthRecorder } from "../../../../shared/delivery/breaker/health-recorder.ts";
import type { Attempted } from "../../../../shared/domain/attempts/delivery-record.ts";
import { type Outcome, verdictOf } from "../../../../shared/domain/attempts/retry-schedule.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { attemptWith, publishedTimeMs, webhookWith } from "../../samples.ts";

const webhook = webhookWith();
const answer = (statusCode: number, webhookDelivery?: string): Outcome => ({
  kind: "answer",
  statusCode,
  headers: { webhookDelivery },
});

/** How the webhook fares after batches of ten such outcomes, a minute apart. */
async function healthAfter(outcome: Outcome, batches: number): Promise<Health | undefined> {
  let health: Health | undefined;
  for (let n = 0; n < batches; n += 1) {
    const nowMs = publishedTimeMs + n * 60_000;
    const tally = createHealthRecorder({
      healths: {
        find: async () => undefined,
        async change(_who, _before, after) {
          health = after;
          return true;
        },
        withTimers: async () => [],
        withTimersAmong: async () => new Set(),
        heartbeat: async () => undefined,
        beat: async () => {},
      },
      retries: { sendBreakerTimer: async () => {} },
      webhooks: { find: async () => webhook },
      writer: { replace: async () => "written" },
      announcer: {
        failed: async () => {},
        disabled: async () => {},
        recovered: async () => {},
        limited: async () => {},
        flush: async () => {},
      },
      now: () => nowMs,
      timers: realTimers,
      random: () => 0.5,
    });
    for (let each = 0; each < 10; each += 1) tally.add(webhook, attempted(outcome, nowMs), health);
    await tally.write();
  }
  return health;
}

function attempted(outcome: Outcome, nowMs: number): Attempted {
  const statusCode = outcome.kind === "answer" ? outcome.statusCode : null;
  const record = attemptWith({ statusCode });
  return { verdict: verdictOf(outcome, nowMs), record, isTimeout: false };
}

test.each([
  ["a 4xx with abort-message", answer(404, "abort-message")],
  ["a 5xx with abort-message", answer(500, "abort-message")],
  ["a redirect with abort-message", answer(302, "abort-message")],
  ["a 4xx with disable", answer(403, "disable")],
  ["a 410", answer(410)],
  ["a 404", answer(404)],
])("%s counts as a failure, and opens the breaker in the end", async (_, outcome) => {
  expect(await healthAfter(outcome, 1)).toMatchObject({
    failures: 10,
    breaker: { kind: "closed" },
  });
  expect(await healthAfter(outcome, 2)).toMatchObject({ breaker: { kind: "open" } });
});

test("a 2xx with abort-message is a success", async () => {
  expect(await healthAfter(answer(200, "abort-message"), 2)).toBeUndefined();
});

test("an address that was refused is neither: nothing was posted", async () => {
  expect(await healthAfter({ kind: "refused", error: "refused" }, 2)).toBeUndefined();
});
