import { expect, test } from "vitest";
import type { DeliverDeps } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { settle } from "../../../../shared/delivery/attempt/settle.ts";
import { catchOutput } from "../../output.ts";
import { attemptWith, jobWith, publishedTimeMs } from "../../samples.ts";
import { answered, deliverDeps } from "../deliver-deps.ts";

const delivered = { kind: "delivered" } as const;
const retry = { kind: "retry", timeMs: publishedTimeMs + 5_000 } as const;
const failed = { kind: "failed", error: "schedule end" } as const;
const success = attemptWith({ statusCode: 200, error: null });

const output = catchOutput();

/** A deliveries table that takes no row. */
const brokenLog: Partial<DeliverDeps> = {
  deliveries: {
    record: () => Promise.reject(new Error("throttled")),
    lease: async () => "taken",
    forget: async () => {},
  },
};

test("gathers a success at the first attempt, which needs no condition", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await settle(jobWith(), success, delivered, deps);
  expect(trace.order).toEqual(["gather"]);
});

test("leaves no row of a success at the first attempt where none is wanted", async () => {
  const { deps, trace } = deliverDeps(answered(200), { logsSuccesses: false });
  await settle(jobWith(), success, delivered, deps);
  expect(trace.order).toEqual([]);
});

test.each([
  ["a later attempt", { attempt: 2 }, false],
  ["a first attempt that came back", {}, true],
])(
  "records the success of %s, which may have a row, all the same",
  async (_, changes, isRepeat) => {
    const { deps, trace } = deliverDeps(answered(200), { logsSuccesses: false, isRepeat });
    await settle(jobWith(changes), success, delivered, deps);
    expect(trace.order).toEqual(["record"]);
  },
);

test.each([
  ["a later attempt", { attempt: 2 }],
  ["a replay", { generation: 2 }],
])("records the success of %s by itself", async (_, changes) => {
  const { deps, trace } = deliverDeps(answered(200));
  await settle(jobWith(changes), success, delivered, deps);
  expect(trace.order).toEqual(["record"]);
});

test("never has a success posted again for the sake of a log row", async () => {
  const { deps } = deliverDeps(answered(200), brokenLog);
  await expect(settle(jobWith({ attempt: 2 }), success, delivered, deps)).resolves.toBeUndefined();
  expect(output.text).toContain('"event":"delivery.unrecorded"');
});

test("never repeats an attempt for the sake of a log row, once the next is stored", async () => {
  const { deps, trace } = deliverDeps(answered(500), brokenLog);
  await expect(settle(jobWith(), attemptWith(), retry, deps)).resolves.toBeUndefined();
  expect(trace.retried).toEqual([{ attempt: 2, generation: 1, timeMs: retry.timeMs }]);
});

test("tells of a failure once it is stored", async () => {
  const { deps, trace } = deliverDeps(answered(500));
  await settle(jobWith(), attemptWith(), failed, deps);
  expect(trace.order).toEqual(["record"]);
  expect(trace.failures).toEqual(["schedule end"]);
});

test("hands back a failure that cannot be stored, since the row is all that is left of it", async () => {
  const { deps, trace } = deliverDeps(answered(500), brokenLog);
  await expect(settle(jobWith(), attemptWith(), failed, deps)).rejects.toThrow("throttled");
  expect(trace.failures).toEqual([]);
});

test("counts attempts that were made, and not one that was not", async () => {
  const { deps, trace } = deliverDeps(answered(500));
  await settle(jobWith({ attempt: 3 }), null, failed, deps);
  expect(trace.recorded).toMatchObject([
    {
      record: {
        attemptCount: 2,
        lastAttemptTimeMs: null,
        firstAttempt: null,
        error: "schedule end",
      },
    },
  ]);
});

test("keeps the row longer than the delivery can live, even without retention", async () => {
  const { deps, trace } = deliverDeps(answered(500), { retentionDays: 0 });
  await settle(jobWith(), attemptWith(), failed, deps);
  const horizonMs = publishedTimeMs + 7 * 86_400_000;
  expect((trace.recorded[0]?.record.expiresAt ?? 0) * 1000).toBeGreaterThan(horizonMs);
});
