import { expect, test, vi } from "vitest";
import { claimIdempotencyKey } from "../../../../shared/delivery/publish/admission.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import type { Claim, ClaimRequest } from "../../../../shared/store/messages/idempotency-store.ts";

const request: ClaimRequest = {
  cacheName: "orders",
  topicName: "paid",
  idempotencyKey: "key",
  requestHash: "hash",
  messageId: "msg_mine",
  nowMs: 0,
};
const claim: Claim = { messageId: "msg_first", requestHash: "hash", sent: false };

/** No test waits for a twin in real time. */
const timers = { ...realTimers, wait: async () => {} };

/** A store whose claim stands as told, and is found as told at each look. */
function storeWith(standing: Claim | undefined, ...found: (Claim | undefined)[]) {
  const find = vi.fn(async () => (found.length > 1 ? found.shift() : found[0]));
  return { claims: { claim: async () => standing, find }, timers };
}

test("sends under its own id when it comes first", async () => {
  expect(await claimIdempotencyKey(request, storeWith(undefined))).toEqual({
    messageId: "msg_mine",
    mustSend: true,
  });
});

test("repeats nothing that was sent", async () => {
  const store = storeWith({ ...claim, sent: true });
  expect(await claimIdempotencyKey(request, store)).toEqual({
    messageId: "msg_first",
    mustSend: false,
  });
  expect(store.claims.find).not.toHaveBeenCalled();
});

test("refuses another message under the same key", async () => {
  const store = storeWith({ ...claim, requestHash: "another" });
  await expect(claimIdempotencyKey(request, store)).rejects.toMatchObject({
    code: "ALREADY_EXISTS_ERROR",
    status: 409,
  });
});

test("waits for a twin that is about to be sent", async () => {
  const store = storeWith(claim, claim, claim, { ...claim, sent: true });
  expect(await claimIdempotencyKey(request, store)).toEqual({
    messageId: "msg_first",
    mustSend: false,
  });
  expect(store.claims.find).toHaveBeenCalledTimes(3);
});

test("finishes what a dead twin began, under the twin's id", async () => {
  const store = storeWith(claim, claim);
  expect(await claimIdempotencyKey(request, store)).toEqual({
    messageId: "msg_first",
    mustSend: true,
  });
});
