import { expect, test } from "vitest";
import * as z from "zod/mini";
import { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import {
  type DeliveryContext,
  openDeliveryContextStore,
} from "../../../shared/store/deliveries/delivery-context.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { openCacheMarks } from "../../../shared/store/health/cache-state.ts";
import { deliveryKey, keys } from "../../../shared/store/keys.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { noSigningKeys } from "../delivery/no-signing-keys.ts";
import {
  attemptWith,
  deliveryWith,
  factsWith,
  freshWebhookId,
  jobWith,
  messageId,
} from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

useTables();
const store = openDeliveryStore();

/** Steps of a delivery of its own, so that no test sees another's. */
function freshDelivery() {
  const webhookId = freshWebhookId();
  return (changes: Partial<DeliveryRecord> = {}) => deliveryWith({ webhookId, ...changes });
}

async function standing({ webhookId }: DeliveryRecord): Promise<DeliveryRecord> {
  const row = await openTable("DELIVERIES_TABLE").get(deliveryKey(webhookId, messageId));
  return z.parse(DeliveryRecord, row);
}

async function attempts({ webhookId }: DeliveryRecord) {
  const { pk } = keys.attempt(webhookId, messageId, 1, 1);
  return (await openTable("DELIVERIES_TABLE").query({ pk })).rows;
}

const delivered = { status: "delivered", nextAttemptTimeMs: null } as const;
const failed = { status: "failed", nextAttemptTimeMs: null, error: "schedule end" } as const;
const success = attemptWith({ statusCode: 200, error: null, responseBody: "ok" });

test("keeps first attempts that succeeded, each as one row", async () => {
  const records = [freshDelivery(), freshDelivery()].map((at) =>
    at({ ...delivered, firstAttempt: success }),
  );
  await store.recordDelivered(records);
  for (const record of records) {
    expect(await standing(record)).toEqual(record);
    expect(await attempts(record)).toEqual([]);
  }
});

test("keeps the first attempt through all that follows, and a row for each further one", async () => {
  const at = freshDelivery();
  const first = attemptWith();
  await store.record(at({ firstAttempt: first }), first);
  const second = attemptWith({ attempt: 2, statusCode: null, error: "connection refused" });
  await store.record(at({ attemptCount: 2, firstAttempt: null }), second);
  const third = attemptWith({ attempt: 3, statusCode: 204, error: null });
  await store.record(at({ ...delivered, attemptCount: 3, firstAttempt: null }), third);

  expect(await standing(at())).toEqual(at({ ...delivered, attemptCount: 3, firstAttempt: first }));
  expect(await attempts(at())).toMatchObject([
    { sk: "000001/002", ...second, expiresAt: at().expiresAt },
    { sk: "000001/003", ...third },
  ]);
});

test("keeps a readable row of a delivery whose first attempt was not recorded", async () => {
  const at = freshDelivery();
  const second = attemptWith({ attempt: 2 });
  await store.record(at({ attemptCount: 2, firstAttempt: null }), second);
  expect(await standing(at())).toEqual(at({ attemptCount: 2, firstAttempt: null }));
});

test("keeps a readable row of a delivery that ended before any attempt", async () => {
  const at = freshDelivery();
  const ended = at({ ...failed, attemptCount: 0, firstAttempt: null, lastAttemptTimeMs: null });
  await store.record(ended, null);
  expect(await standing(at())).toEqual(ended);
});

test("remembers the last attempt of a delivery that ended without one more", async () => {
  const at = freshDelivery();
  await store.record(at({ lastAttemptTimeMs: 1_000 }), attemptWith());
  const inactive = { ...failed, error: "webhook inactive", firstAttempt: null };
  await store.record(at({ ...inactive, lastAttemptTimeMs: null }), null);
  expect(await standing(at())).toMatchObject({
    status: "failed",
    error: "webhook inactive",
    lastAttemptTimeMs: 1_000,
    firstAttempt: attemptWith(),
  });
});

test("keeps what came of the last attempt through leases and waits", async () => {
  const at = freshDelivery();
  const { timeMs, statusCode, latencyMs, error } = attemptWith({ timeMs: 9_000 });
  const lastAttempt = { timeMs, statusCode, latencyMs, error };
  const second = { attemptCount: 2, firstAttempt: null, lastAttemptTimeMs: 9_000, lastAttempt };
  await store.record(at({ firstAttempt: attemptWith() }), attemptWith());
  await store.record(at(second), attemptWith({ attempt: 2, timeMs: 9_000 }));
  const waiting = at({ attemptCount: 2, firstAttempt: null, lastAttemptTimeMs: null });
  expect(await store.lease(waiting, jobWith({ ...at(), attempt: 3 }), 10_000)).toBe("taken");
  expect(await standing(at())).toMatchObject({ lastAttemptTimeMs: 9_000, lastAttempt });
});

test("a copy that is put aside leaves the lease with whoever posts", async () => {
  const at = freshDelivery();
  await store.record(at({ firstAttempt: attemptWith() }), attemptWith());
  const job = jobWith({ ...at(), attempt: 2 });
  const waiting = at({ firstAttempt: null, leaseUntilMs: null });
  expect(await store.lease(waiting, job, 10_000)).toBe("taken");
  expect(await store.record(waiting, null, job, 10_001)).toBe(false);
  expect(await store.lease(waiting, job, 10_002)).toBe("held");
  // Whoever has it puts it aside, and a lease that has run out is nobody's.
  expect(await store.record(waiting, null, job)).toBe(true);
  expect(await store.record(waiting, null, job, 10_003)).toBe(true);
});

test("never lets an earlier attempt replace a later one", async () => {
  const at = freshDelivery();
  await store.record(at({ attemptCount: 3 }), attemptWith({ attempt: 3 }));
  await store.record(at({ attemptCount: 2 }), attemptWith({ attempt: 2 }));
  expect(await standing(at())).toMatchObject({ attemptCount: 3 });
});

test("never lets an earlier generation replace a later one", async () => {
  const at = freshDelivery();
  await store.record(at({ generation: 2 }), attemptWith());
  await store.record(at({ generation: 1, attemptCount: 5 }), attemptWith({ attempt: 5 }));
  await store.record(at({ ...delivered, generation: 1 }), success);
  expect(await standing(at())).toMatchObject({ generation: 2, status: "retrying" });
});

test("lets a later generation begin anew after a success", async () => {
  const at = freshDelivery();
  await store.record(at({ ...delivered, attemptCount: 4 }), attemptWith({ attempt: 4 }));
  await store.record(at({ generation: 2, attemptCount: 1 }), attemptWith());
  expect(await standing(at())).toMatchObject({ generation: 2, status: "retrying" });
});

test.each([failed, { status: "retrying" } as const])(
  "lets a success stand, whatever else is said of its generation: %j",
  async (other) => {
    const at = freshDelivery();
    await store.record(at({ ...delivered, attemptCount: 1 }), success);
    await store.record(at({ ...other, attemptCount: 2 }), attemptWith({ attempt: 2 }));
    expect(await standing(at())).toMatchObject({ status: "delivered", attemptCount: 1 });
  },
);

test("takes a late success of an attempt that a time-out seemed to have ended", async () => {
  const at = freshDelivery();
  await store.record(at({ attemptCount: 2 }), attemptWith({ attempt: 2 }));
  await store.record(at({ ...delivered, attemptCount: 1 }), success);
  expect(await standing(at())).toMatchObject({ status: "delivered" });
});

test("looks up only the deliveries that may have been tried", async () => {
  const [tried, other] = [freshDelivery(), freshDelivery()];
  await store.record(tried(), attemptWith());
  await store.record(other(), attemptWith());
  const jobs = [tried, other].map((at) => jobWith({ webhookId: at().webhookId }));
  const context = await loadContext(jobs, jobs.slice(0, 1), Date.now());
  expect(jobs.map((job) => context.headOf(job)?.webhookId)).toEqual([tried().webhookId, undefined]);
});

test("tells deliveries of two messages to one webhook apart, and takes a job given twice", async () => {
  const at = freshDelivery();
  await store.record(at(), attemptWith());
  const job = jobWith({ webhookId: at().webhookId });
  const other = "msg_01HMYWCRK00W3GE1R70W3GE1R8";
  const jobs = [job, job, { ...job, message: factsWith({ messageId: other }) }];
  const context = await loadContext(jobs, jobs, Date.now());
  expect(jobs.map((each) => context.headOf(each)?.messageId)).toEqual([
    messageId,
    messageId,
    undefined,
  ]);
});

function loadContext(
  ...jobs: Parameters<ReturnType<typeof openDeliveryContextStore>["load"]>
): Promise<DeliveryContext> {
  return openDeliveryContextStore(openCacheMarks(), noSigningKeys).load(...jobs);
}
