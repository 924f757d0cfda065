import { expect, test } from "vitest";
import { retryDelivery } from "../../../../functions/http/deliveries/retry-delivery.ts";
import type { DeliveryJob } from "../../../../shared/contract/jobs.ts";
import { tripBreaker } from "../../../../shared/domain/breaker/breaker.ts";
import { type HealthRecord, noFailures } from "../../../../shared/domain/breaker/health-record.ts";
import { callerWith } from "../../functions/http-event.ts";
import { nothingHolds } from "../../functions/nothing-waits.ts";
import {
  deliveryWith,
  factsWith,
  jobWith,
  messageId,
  webhookId,
  webhookWith,
} from "../../samples.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const { cacheName, webhookName } = webhookWith();
const row = { v: 1, webhookId, cacheName, webhookName, ...noFailures, version: 7 } as const;
const open: HealthRecord = { ...row, breaker: tripBreaker(7, 900, nowMs) };
const paused: HealthRecord = {
  ...{ ...row, breaker: { kind: "closed" } },
  throttle: { heldUntilMs: nowMs + 60_000 },
};

async function retry(health: HealthRecord | undefined, isSuspended = false) {
  const sent: DeliveryJob[] = [];
  const { payload = { kind: "json", text: "{}" } } = jobWith();
  const kept = { facts: factsWith(), payload, expiresAt: nowMs / 1000 + 60 };
  const answer = await retryDelivery(
    {
      params: { webhookId, messageId },
      query: undefined,
      headers: {},
      body: undefined,
      text: "",
      caller: callerWith({ caches: ["orders"] }),
    },
    {
      ...nothingHolds,
      suspensions: { has: async () => isSuspended },
      healths: { ...nothingHolds.healths, find: async () => health },
      webhooks: { findById: async () => webhookWith() },
      messages: { find: async () => kept },
      log: { find: async () => deliveryWith({ generation: 3 }) },
      deliveries: {
        async send(jobs) {
          sent.push(...jobs);
          return [];
        },
      },
      now: () => nowMs,
    },
  );
  return { answer, sent };
}

test("sends the delivery again as a new generation", async () => {
  const { answer, sent } = await retry(undefined);
  expect(answer).toEqual({ messageId });
  expect(sent).toMatchObject([{ webhookId, generation: 4, attempt: 1 }]);
  expect(sent[0]?.isProbe).toBeUndefined();
});

test("what is retried while the breaker is open is its probe, and does not wait", async () => {
  const { answer, sent } = await retry(open);
  expect(answer).toEqual({ messageId });
  expect(sent).toMatchObject([{ generation: 4, isProbe: true }]);
});

test.each([
  ["a receiver that asked for a pause", paused, false],
  ["a suspended cache", undefined, true],
  ["a suspended cache, and an open breaker", open, true],
])("says that it is held by %s", async (_, health, isSuspended) => {
  expect((await retry(health, isSuspended)).answer).toEqual({ messageId, held: true });
});
