import { expect, test } from "vitest";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { leaseMs } from "../../../../shared/domain/attempts/delivery-record.ts";
import { deliveryWith, jobWith, publishedTimeMs, webhookWith } from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

const nowMs = publishedTimeMs + 100;
const second = jobWith({ attempt: 2 });
const waiting = contextOf(webhookWith(), deliveryWith());

function leaseAnswering(answer: "taken" | "held" | "settled") {
  return deliverDeps(answered(200), {
    deliveries: { record: async () => true, lease: async () => answer, forget: async () => {} },
  });
}

test("takes no lease for a first attempt", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith(), contextOf(webhookWith()), deps);
  expect(trace.leased).toEqual([]);
});

test.each([{ attempt: 2 }, { generation: 2 }])(
  "takes the lease before it posts: %j",
  async (changes) => {
    const { deps, trace } = deliverDeps(answered(200));
    await deliverOne(jobWith(changes), contextOf(webhookWith()), deps);
    expect(trace.order).toEqual(["lease", "post", "record"]);
  },
);

test("goes back to its queue while somebody else makes the attempt", async () => {
  const held = contextOf(webhookWith(), deliveryWith({ leaseUntilMs: nowMs + 1 }));
  const { deps, trace } = deliverDeps(answered(200));
  await expect(deliverOne(second, held, deps)).rejects.toThrow("being made elsewhere");
  const { deps: raced, trace: racedTrace } = leaseAnswering("held");
  await expect(deliverOne(second, waiting, raced)).rejects.toThrow("being made elsewhere");
  expect([...trace.order, ...racedTrace.order]).toEqual([]);
});

test("posts nothing when somebody else was quicker", async () => {
  const { deps, trace } = leaseAnswering("settled");
  await deliverOne(second, waiting, deps);
  expect(trace.order).toEqual([]);
});

test.each([
  ["run out", nowMs],
  ["been set by a clock that had jumped ahead", nowMs + 10 * leaseMs],
])("makes the attempt whose lease has %s", async (_, leaseUntilMs) => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(second, contextOf(webhookWith(), deliveryWith({ leaseUntilMs })), deps);
  expect(trace.order).toEqual(["lease", "post", "record"]);
});

test("stores the next step before it gives the lease back", async () => {
  const { deps, trace } = deliverDeps(answered(500));
  await deliverOne(second, waiting, deps);
  expect(trace.order).toEqual(["lease", "post", "retry", "record"]);
  expect(trace.recorded).toMatchObject([{ record: { attemptCount: 2, leaseUntilMs: null } }]);
});

test("puts an attempt off that was sent before its time", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  const notBeforeMs = nowMs + 60_000;
  await deliverOne({ ...second, notBeforeMs }, waiting, deps);
  expect(trace.order).toEqual(["retry"]);
  expect(trace.retried).toEqual([{ attempt: 2, generation: 1, timeMs: notBeforeMs + 501 }]);
});

test("fails a delivery that outlived the horizon", async () => {
  const { deps, trace } = deliverDeps(answered(200), {
    now: () => publishedTimeMs + 7 * 86_400_000 + 1,
  });
  await deliverOne(second, waiting, deps);
  expect(trace.order).toEqual(["record"]);
  expect(trace.recorded).toMatchObject([{ record: { status: "failed", error: "horizon" } }]);
});
