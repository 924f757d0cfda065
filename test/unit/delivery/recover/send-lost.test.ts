import { beforeEach, expect, test } from "vitest";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { type LostDeps, sendLost } from "../../../../shared/delivery/sweep/send-lost.ts";
import type { DelayedJob } from "../../../../shared/queue/queues.ts";
import { openDeliveryLog } from "../../../../shared/store/deliveries/delivery-log.ts";
import { openDeliveryStore } from "../../../../shared/store/deliveries/delivery-store.ts";
import {
  openOverdueStore,
  openUndelivered,
} from "../../../../shared/store/deliveries/undelivered.ts";
import { catchOutput } from "../../output.ts";
import {
  attemptWith,
  deliveryWith,
  factsWith,
  freshWebhookId,
  messageId,
  publishedTimeMs,
  webhookWith,
} from "../../samples.ts";
import { useTables } from "../../store/embedded-tables.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const output = catchOutput();

useTables();
const deliveries = openDeliveryStore();
const overdue = openOverdueStore();
let webhookId = "";

beforeEach(async () => {
  if (webhookId !== "") await deliveries.forget(webhookId, messageId);
  webhookId = freshWebhookId();
  const waits = { status: "retrying", nextAttemptTimeMs: publishedTimeMs + 5_000 } as const;
  await deliveries.record(deliveryWith({ webhookId, ...waits }), attemptWith());
});

/** What sweeps send again, one each minute from one hour after the publish to another. */
async function sweeps(fromHour: number, toHour: number, changes: Partial<LostDeps> = {}) {
  const sent: DeliveryJob[] = [];
  let nowMs = publishedTimeMs + fromHour * hourMs;
  const deps: LostDeps = {
    overdue,
    deliveries,
    healths: { withTimersAmong: async () => new Set() },
    webhooks: { findById: async (id) => webhookWith({ webhookId: id }) },
    messages: {
      find: async () => ({
        facts: factsWith({ productId: 7 }),
        payload: { kind: "text", text: "x" },
        expiresAt: 2_000_000_000,
      }),
    },
    retries: {
      async send(jobs: readonly DelayedJob[]) {
        sent.push(...jobs.map(({ job }) => job));
        return [];
      },
      readyCount: async () => 0,
    },
    now: () => nowMs,
    ...changes,
  };
  for (; nowMs < publishedTimeMs + toHour * hourMs; nowMs += minuteMs) {
    await sendLost(nowMs + minuteMs, deps);
  }
  return sent;
}

test("sends the attempt again whose job is lost, as it was to be made, once an hour", async () => {
  expect(await sweeps(0, 1)).toEqual([]);
  const [sent, ...others] = await sweeps(1, 2.05);
  expect(sent).toMatchObject({ webhookId, generation: 1, attempt: 2, message: { productId: 7 } });
  expect(sent?.payload).toBeUndefined();
  expect(sent?.notBeforeMs).toBe(publishedTimeMs + 5_000);
  expect(others).toEqual([]);
  const head = await openDeliveryLog().find(webhookId, messageId);
  expect(head?.nextAttemptTimeMs).toBeGreaterThanOrEqual(publishedTimeMs + hourMs);
  expect(await sweeps(3.1, 4.2)).toHaveLength(1);
  expect(output.text).toContain("delivery.sent-again");
});

test("leaves alone what waits for a breaker", async () => {
  const withTimersAmong = async () => new Set([webhookId]);
  expect(await sweeps(1, 2.1, { healths: { withTimersAmong } })).toEqual([]);
});

test("leaves alone what is late because the retry queue is long", async () => {
  const retries = { send: async () => [], readyCount: async () => 101 };
  await sweeps(1, 2.1, { retries });
  const head = await openDeliveryLog().find(webhookId, messageId);
  expect(head?.nextAttemptTimeMs).toBe(publishedTimeMs + 5_000);
});

test("sends what the queue refused an hour later", async () => {
  const retries = {
    send: async (jobs: readonly DelayedJob[]) => jobs.map(({ job }) => job),
    readyCount: async () => 0,
  };
  await sweeps(1, 2.1, { retries });
  expect(await sweeps(2.1, 4.3)).toHaveLength(2);
});

test("sends what ends a delivery whose message is no longer kept", async () => {
  const [sent] = await sweeps(1, 2.1, { messages: { find: async () => undefined } });
  expect(sent).toMatchObject({ attempt: 2, message: { messageId, topicName: "paid" } });
});

test("lets nobody wait for a deleted webhook", async () => {
  expect(await sweeps(1, 2.1, { webhooks: { findById: async () => undefined } })).toEqual([]);
  expect(await openUndelivered().oldestTimeMs()).toBeUndefined();
});

test("tells of a table that cannot be read, and ends no sweep by it", async () => {
  const waiting = () => Promise.reject(new Error("throttled"));
  await sweeps(1, 1.02, { overdue: { ...overdue, waiting } });
  expect(output.text).toContain("lost.unknown");
});
