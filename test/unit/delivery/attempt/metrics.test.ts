import { expect, test } from "vitest";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { openRecorder } from "../../../../shared/delivery/attempt/settle.ts";
import { publishMessages } from "../../../../shared/delivery/publish/publish-messages.ts";
import { createParkingLot } from "../../../../shared/delivery/retry-scheduler.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import { catchMetrics } from "../../metric-lines.ts";
import { deliveryWith, jobWith, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "../publish/dispatch-deps.ts";

const { flush, lines } = catchMetrics();
const active = contextOf(webhookWith());
const down = () => Promise.reject(new Error("throttled"));

test.each([
  [200, { Delivered: [1] }],
  [500, { Retried: [1] }],
  [410, { Failed: [1] }],
])("an answer of %i is counted once, with how long it took", async (statusCode, counted) => {
  const { deps } = deliverDeps(answered(statusCode));
  await deliverOne(jobWith(), active, deps);
  expect(flush()).toEqual({ AttemptLatency: [12], ...counted });
});

test("a delivery that ends without an attempt has failed, and has no latency", async () => {
  const { deps } = deliverDeps(answered(200));
  await deliverOne(jobWith(), contextOf(webhookWith({ status: "inactive" })), deps);
  expect(flush()).toEqual({ Failed: [1] });
});

test("a retry that could not be stored is not counted as one", async () => {
  const { deps } = deliverDeps(answered(500), { retryScheduler: { schedule: down } });
  await expect(deliverOne(jobWith(), active, deps)).rejects.toThrow("throttled");
  expect(flush()).toEqual({ AttemptLatency: [12] });
});

test("a failure that was recorded before is not counted again", async () => {
  const { deps } = deliverDeps(answered(410));
  const deliveries = { ...deps.deliveries, record: async () => false };
  await deliverOne(jobWith(), active, { ...deps, deliveries });
  expect(flush()).not.toHaveProperty("Failed");
});

test("log rows that cannot be written are counted, each of them", async () => {
  const recorder = openRecorder({ recordDelivered: down }, realTimers);
  await recorder.add(deliveryWith());
  await recorder.add(deliveryWith());
  await recorder.flush();
  const { deps } = deliverDeps(answered(500));
  await deliverOne(jobWith(), active, {
    ...deps,
    deliveries: { ...deps.deliveries, record: down },
  });
  expect(flush()).toMatchObject({ Unrecorded: [3], Retried: [1] });
});

test("what is parked is counted", async () => {
  const park = { addAll: async () => {} };
  await createParkingLot({ park, retentionDays: 30, timers: realTimers }).schedule(0, jobWith());
  expect(flush()).toEqual({ Parked: [1] });
});

test("messages are counted as accepted once a caller may be told so", async () => {
  const draft = {
    ...{ cacheName: "orders", topicName: "paid", event: null, productId: null },
    ...{
      hops: 0,
      contentType: "text/plain",
      keyId: "key_1",
      payload: { kind: "text", text: "x" } as const,
    },
  };
  const one = subscribersOf(subscriptions(1));
  await publishMessages([draft, draft], dispatchDeps(one).deps);
  expect(flush()).toEqual({ Accepted: [2] });
  await publishMessages(
    [draft],
    dispatchDeps(one, { deliveries: { send: async (jobs) => [...jobs] } }).deps,
  );
  expect(flush()).toEqual({ Accepted: [0] });
});

test("no line names a webhook, a message, a cache or what was published", async () => {
  const { deps } = deliverDeps(answered(200));
  const job = jobWith({ payload: { kind: "text", text: "hidden-value" } });
  await deliverOne(job, active, deps);
  flush();
  const { webhookId, webhookName, message } = job;
  for (const secret of [webhookId, webhookName, message.messageId, message.cacheName, "hidden"]) {
    expect(lines.join("")).not.toContain(secret);
  }
});
