import { expect, test } from "vitest";
import {
  type ClaimRequest,
  openIdempotencyStore,
} from "../../../shared/store/messages/idempotency-store.ts";
import { useTables } from "./embedded-tables.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28, 900);
const dayMs = 24 * 3_600_000;

useTables();
const store = openIdempotencyStore();

let serial = 0;

/** A request under a key of its own, so that no test sees another's. */
function freshRequest(): ClaimRequest {
  serial += 1;
  const names = { cacheName: "orders", topicName: "paid", idempotencyKey: `key ${serial}` };
  return { ...names, requestHash: "hash-1", messageId: "msg_1", nowMs };
}

test("gives the key to whoever comes first and shows the claim to the next", async () => {
  const request = freshRequest();
  expect(await store.claim(request)).toBeUndefined();
  expect(await store.claim({ ...request, requestHash: "hash-2", messageId: "msg_2" })).toEqual({
    messageId: "msg_1",
    requestHash: "hash-1",
    sent: false,
  });
});

test("gives the key to one of many at once", async () => {
  const request = freshRequest();
  const claims = await Promise.all(
    ["a", "b", "c", "d"].map((id) => store.claim({ ...request, messageId: `msg_${id}` })),
  );
  const losers = claims.filter((claim) => claim !== undefined);
  expect(losers).toHaveLength(3);
  expect(new Set(losers.map(({ messageId }) => messageId)).size).toBe(1);
});

test("tells when the message was sent", async () => {
  const request = freshRequest();
  await store.claim(request);
  expect(await store.find(request)).toMatchObject({ sent: false });
  await store.markSent(request);
  expect(await store.find(request)).toMatchObject({ sent: true, messageId: "msg_1" });
  expect(await store.claim(request)).toMatchObject({ sent: true });
});

test("holds a claim for 24 hours, and not longer though its row is still there", async () => {
  const request = freshRequest();
  await store.claim(request);
  const late = { ...request, messageId: "msg_2" };
  expect(await store.claim({ ...late, nowMs: nowMs + dayMs - 1_000 })).toMatchObject({
    messageId: "msg_1",
  });
  expect(await store.claim({ ...late, nowMs: nowMs + dayMs })).toBeUndefined();
  expect(await store.find(request)).toMatchObject({ messageId: "msg_2", sent: false });
});

test("keeps claims of other caches and topics apart, however the names are cut", async () => {
  const request = { ...freshRequest(), cacheName: "a", topicName: "b c" };
  await store.claim(request);
  expect(await store.claim({ ...request, cacheName: "a b", topicName: "c" })).toBeUndefined();
  expect(await store.claim({ ...request, topicName: "b" })).toBeUndefined();
});

test("finds nothing under a key that nobody used", async () => {
  expect(await store.find(freshRequest())).toBeUndefined();
});
