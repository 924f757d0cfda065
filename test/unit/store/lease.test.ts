import { expect, test } from "vitest";
import { leaseMs } from "../../../shared/domain/attempts/delivery-record.ts";
import { openDeliveryStore } from "../../../shared/store/deliveries/delivery-store.ts";
import { dynamoDatabase } from "../../../shared/store/table/database.ts";
import { openTable, type Table } from "../../../shared/store/table/table.ts";
import { attemptWith, deliveryWith, freshWebhookId, jobWith } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

const nowMs = 1_706_140_000_000;

useTables();
const store = openDeliveryStore();

/** A delivery of its own that waits for its second attempt. */
async function waitingDelivery() {
  const webhookId = freshWebhookId();
  const record = deliveryWith({ webhookId, leaseUntilMs: null });
  await store.record(record, attemptWith());
  const lease = (atMs = nowMs, job = jobWith({ webhookId, attempt: 2 })) =>
    store.lease({ ...record, firstAttempt: null, generation: job.generation }, job, atMs);
  return { webhookId, record, lease };
}

test("gives the lease to one of many at once", async () => {
  const { lease } = await waitingDelivery();
  const answers = await Promise.all([lease(), lease(), lease(), lease()]);
  expect(answers.toSorted()).toEqual(["held", "held", "held", "taken"]);
});

test("gives the lease on when its holder has not come back", async () => {
  const { lease } = await waitingDelivery();
  await lease();
  expect(await lease(nowMs + leaseMs - 1)).toBe("held");
  expect(await lease(nowMs + leaseMs)).toBe("taken");
});

test("does not wait for a lease that a clock set which had jumped ahead", async () => {
  const { lease } = await waitingDelivery();
  await lease(nowMs + 86_400_000);
  expect(await lease()).toBe("taken");
});

test.each([
  ["made", { attemptCount: 2 }],
  ["delivered", { status: "delivered", attemptCount: 2 }],
  ["failed", { status: "failed" }],
] as const)("gives no lease for an attempt that is %s", async (_, changes) => {
  const { record, lease } = await waitingDelivery();
  await store.record({ ...record, ...changes }, attemptWith({ attempt: 2 }));
  expect(await lease()).toBe("settled");
});

test("frees the lease when the attempt is recorded", async () => {
  const { webhookId, record, lease } = await waitingDelivery();
  await lease();
  await store.record({ ...record, attemptCount: 2 }, attemptWith({ attempt: 2 }));
  expect(await lease(nowMs, jobWith({ webhookId, attempt: 3 }))).toBe("taken");
});

test("lets a later generation begin while an older one is held, and ends the older one", async () => {
  const { webhookId, lease } = await waitingDelivery();
  await lease();
  expect(await lease(nowMs, jobWith({ webhookId, generation: 2 }))).toBe("taken");
  expect(await lease(nowMs + 2 * leaseMs)).toBe("settled");
});

test("gives a lease for a delivery whose first attempt was never recorded", async () => {
  const webhookId = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVZ";
  const record = deliveryWith({ webhookId, firstAttempt: null });
  expect(await store.lease(record, jobWith({ webhookId, attempt: 2 }), nowMs)).toBe("taken");
});

test("knows its own lease when the answer to the call that took it was lost", async () => {
  const { webhookId, record } = await waitingDelivery();
  const losing = openDeliveryStore({ ...dynamoDatabase, open: openLosingTable });
  const [job, headless] = [jobWith({ webhookId, attempt: 2 }), { ...record, firstAttempt: null }];
  expect(await losing.lease(headless, job, nowMs)).toBe("taken");
  expect(await losing.lease(headless, job, nowMs)).toBe("held");
});

/** A table whose client sends each update twice, since the answer to the first was lost. */
function openLosingTable(tableName: string): Table {
  const table = openTable(tableName);
  return {
    ...table,
    async update(...about) {
      await table.update(...about);
      return table.update(...about);
    },
  };
}
