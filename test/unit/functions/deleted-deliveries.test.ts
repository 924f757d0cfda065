import { expect, test } from "vitest";
import { getDelivery } from "../../../functions/http/deliveries/get-delivery.ts";
import { listDeliveries } from "../../../functions/http/deliveries/list-deliveries.ts";
import type { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import type { LogQuery } from "../../../shared/store/deliveries/delivery-log.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { publishedTimeMs, webhookId } from "../samples.ts";
import { callerWith } from "./http-event.ts";

const statuses = ["delivered", "failed", "retrying", "pending"] as const;

/** Twelve deliveries, of each status in turn, the newest last. */
const records = Array.from(
  { length: 12 },
  (_, n): DeliveryRecord => ({
    v: 1,
    webhookId,
    messageId: `msg_01JDZ4W3K8H5N2P7Q9R4S6T1${10 + n}`,
    topicName: "paid",
    event: null,
    status: statuses[n % 4] ?? "failed",
    generation: 1,
    attemptCount: 1,
    publishedTimeMs,
    lastAttemptTimeMs: publishedTimeMs,
    nextAttemptTimeMs: n % 4 > 1 ? publishedTimeMs + 5_000 : null,
    error: null,
    firstAttempt: null,
    expiresAt: 0,
  }),
);

const log = {
  find: async (_: string, messageId: string) => records.find((one) => one.messageId === messageId),
  attempts: async () => [],
  list: async (_: string, { status, before, limit }: LogQuery) => {
    const behind = records
      .toReversed()
      .filter((one) => before === undefined || one.messageId < before)
      .filter((one) => status === undefined || one.status === status);
    const page = behind.slice(0, limit);
    return { records: page, last: behind.length > limit ? page.at(-1)?.messageId : undefined };
  },
};

function depsOf(deletedTimeMs: number | undefined) {
  const home = { cacheName: "orders", webhookName: "w", ...(deletedTimeMs && { deletedTimeMs }) };
  return {
    webhooks: {
      find: async () => undefined,
      findLocation: async () => home,
      findById: async () => undefined,
    },
    messages: { find: async () => undefined },
    log,
    settings: { findMany: async () => new Map() },
    suspensions: suspensionsOf(),
    retentionDays: 30,
    now: () => publishedTimeMs,
  };
}

const input = { headers: undefined, body: undefined, text: "", caller: callerWith() };

async function list(query: {
  status?: (typeof statuses)[number];
  limit?: number;
  cursor?: string;
}) {
  const { deliveries, nextCursor } = await listDeliveries(
    { ...input, params: { webhookId }, query },
    depsOf(1),
  );
  return { deliveries, nextCursor };
}

test.each([2, 3])("shows a deleted webhook's waiting delivery %i as failed", async (n) => {
  const params = { webhookId, messageId: records[n]?.messageId ?? "" };
  const request = { ...input, params, query: undefined };
  const ended = { status: "failed", nextAttemptTime: null, error: "webhook deleted" };
  expect(await getDelivery(request, depsOf(1))).toMatchObject(ended);
  expect(await getDelivery(request, depsOf(undefined))).toMatchObject({ status: statuses[n] });
});

test("lists nothing of a deleted webhook as waiting", async () => {
  const { deliveries } = await list({});
  expect(deliveries.map(({ status }) => status)).toEqual(
    records.toReversed().map(({ status }) => (status === "delivered" ? status : "failed")),
  );
  expect((await list({ status: "retrying" })).deliveries).toEqual([]);
  expect((await list({ status: "pending" })).deliveries).toEqual([]);
  expect((await list({ status: "delivered" })).deliveries).toHaveLength(3);
});

test.each([1, 2, 3, 4, 9, 100])(
  "lists all that failed, newest first, %i to a page",
  async (limit) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ status: "failed", limit, ...(cursor && { cursor }) });
      expect(page.deliveries.length).toBeLessThanOrEqual(limit);
      ids.push(...page.deliveries.map(({ messageId }) => messageId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const expected = records.filter(({ status }) => status !== "delivered").toReversed();
    expect(ids).toEqual(expected.map(({ messageId }) => messageId));
  },
);

test("a filter that nothing fits looks at 500 deliveries, however few a page may hold", async () => {
  const read: number[] = [];
  const endless = {
    async list(_: string, { limit }: LogQuery) {
      read.push(limit);
      return { records: records.slice(0, 1), last: records[0]?.messageId };
    },
  };
  for (const limit of [1, 1000]) {
    const query = { event: "no.such", limit };
    const deps = { ...depsOf(undefined), log: endless };
    const page = await listDeliveries({ ...input, params: { webhookId }, query }, deps);
    expect(page).toMatchObject({ deliveries: [], nextCursor: expect.any(String) });
  }
  expect(read).toEqual([100, 100, 100, 100, 100, 1000]);
});
