import { expect, test } from "vitest";
import { recoverStep } from "../../../../shared/delivery/recover/recover-step.ts";
import type { DeliveryRecord } from "../../../../shared/domain/attempts/delivery-record.ts";
import { idSpan } from "../../../../shared/domain/ids.ts";
import type { RecoveryRecord } from "../../../../shared/domain/recovery/recovery-record.ts";
import { publishedTimeMs, webhookId } from "../../samples.ts";
import { jobId, nowMs, recoveryWith, recoveryWorld } from "./recovery-deps.ts";

const idAt = (minute: number) => idSpan("msg", publishedTimeMs + minute * 60_000, nowMs)[0];

/** A failed delivery whose last attempt was answered with that status, or not at all. */
function failed(minute: number, statusCode: number | null, changes: Partial<DeliveryRecord> = {}) {
  const attempt = {
    ...{ attempt: 1, timeMs: 1_000, latencyMs: 3, responseBody: "" },
    ...{ statusCode, error: "why" },
  };
  const record: DeliveryRecord = {
    ...{ v: 1, webhookId, messageId: idAt(minute), topicName: "paid", event: 101 },
    ...{ status: "failed", generation: 1, attemptCount: 1, publishedTimeMs },
    ...{ lastAttemptTimeMs: 1_000, nextAttemptTimeMs: null, error: "schedule end" },
    ...{ firstAttempt: attempt, expiresAt: 2_000_000_000 },
    ...changes,
  };
  return record;
}

const laterAttempt = { timeMs: 9_000, statusCode: 404, latencyMs: 1, error: "HTTP 404" };
const heads = [
  failed(1, 500),
  failed(2, 404),
  failed(3, null),
  failed(4, 503, { event: "invoice.paid" }),
  // Its first attempt is not its last, and an older version wrote nothing of that.
  failed(5, 500, { lastAttemptTimeMs: 9_000, attemptCount: 2 }),
  failed(6, 500, { lastAttemptTimeMs: 9_000, attemptCount: 2, lastAttempt: laterAttempt }),
  failed(7, 500, { status: "delivered" }),
];

/** The minutes of the messages that a job sends again, and how many steps it took. */
async function recovered(changes: Partial<RecoveryRecord>) {
  const world = recoveryWorld(recoveryWith(changes), heads);
  let steps = 0;
  while (world.job().state === "running") {
    await recoverStep({ v: 1, webhookId, jobId, step: world.job().step }, false, world.deps);
    steps += 1;
  }
  const minutes = world.sent.map(
    ({ message }) => heads.findIndex(({ messageId }) => messageId === message.messageId) + 1,
  );
  return { minutes, steps, matched: world.job().matched };
}

test("without a filter everything that failed is sent", async () => {
  expect(await recovered({})).toMatchObject({ minutes: [1, 2, 3, 4, 5, 6], matched: 6 });
});

test.each<[Partial<RecoveryRecord>, number[]]>([
  [{ statusClass: "5xx" }, [1, 4]],
  [{ statusClass: "4xx" }, [2, 6]],
  [{ statusClass: "none" }, [3]],
  [{ event: "invoice.paid" }, [4]],
  [{ event: 101, statusClass: "5xx" }, [1]],
  [{ messageIds: [idAt(4), idAt(2), idAt(7), idAt(50)] }, [2, 4]],
  [{ messageIds: [idAt(1), idAt(2)], statusClass: "4xx" }, [2]],
])("%j sends what fits all of it", async (filter, minutes) => {
  expect(await recovered(filter)).toMatchObject({ minutes, matched: minutes.length });
});

test("named messages outside the window are left out", async () => {
  const window = idSpan("msg", publishedTimeMs + 90_000, nowMs);
  expect(await recovered({ window, messageIds: [idAt(1), idAt(2)] })).toMatchObject({
    minutes: [2],
  });
});

test("of what is missing, the named messages or those of an event alone are sent", async () => {
  const missing = async (changes: Partial<RecoveryRecord>) => {
    const job = recoveryWith({ mode: "missing", ...changes });
    const world = recoveryWorld(job, heads.slice(0, 1), [idAt(1), idAt(2), idAt(3)]);
    while (world.job().state === "running") {
      await recoverStep({ v: 1, webhookId, jobId, step: world.job().step }, false, world.deps);
    }
    return world.sent.map(({ message }) => message.messageId);
  };
  expect(await missing({})).toEqual([idAt(2), idAt(3)]);
  expect(await missing({ messageIds: [idAt(1), idAt(3)] })).toEqual([idAt(3)]);
  expect(await missing({ event: "other" })).toEqual([]);
});
