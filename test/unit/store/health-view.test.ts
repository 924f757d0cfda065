import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import type { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import type { Health } from "../../../shared/domain/breaker/health-record.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { openHealthView } from "../../../shared/store/health/health-view.ts";
import { attemptWith, deliveryWith, freshWebhookId, webhookWith } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();
beforeAll(() => void vi.stubEnv("DELIVERY_STATS", "false"));
afterAll(() => void vi.unstubAllEnvs());

const failing: Health = {
  version: 1,
  failures: 3,
  timeouts: 0,
  failingSinceMs: 500,
  breaker: { kind: "closed" },
};

function freshWebhook() {
  return webhookWith({ webhookId: freshWebhookId() });
}

async function deliveries(webhookId: string, status: DeliveryRecord["status"], howMany: number) {
  const store = openDeliveryStore();
  for (let n = 0; n < howMany; n += 1) {
    const messageId = `msg_01HMYWCRK00W3GE1R7${status.length}0${String(n).padStart(4, "0")}`;
    await store.record(deliveryWith({ webhookId, messageId, status }), attemptWith());
  }
}

test("counts what waits for a webhook that fails, and nothing of its other deliveries", async () => {
  const [sick, well] = [freshWebhook(), freshWebhook()];
  await openHealthStore().change(sick, undefined, failing);
  await deliveries(sick.webhookId, "retrying", 3);
  await deliveries(sick.webhookId, "pending", 2);
  await deliveries(sick.webhookId, "failed", 4);
  const shown = await openHealthView().healthsOf([well, sick]);
  expect(shown).toMatchObject([
    { state: "ok", waiting: 0 },
    { state: "failing", waiting: 5 },
  ]);
});

test("a look at webhooks that are ok is one call for a hundred of them", async () => {
  const many = Array.from({ length: 150 }, freshWebhook);
  const calls = vi.spyOn(dynamoDb, "call");
  expect(await openHealthView().healthsOf(many)).toHaveLength(150);
  expect(calls.mock.calls.map(([operation]) => operation)).toEqual([
    "BatchGetItem",
    "BatchGetItem",
  ]);
  calls.mockRestore();
});
