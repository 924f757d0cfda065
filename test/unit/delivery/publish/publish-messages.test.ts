import { expect, test } from "vitest";
import { publishMessages } from "../../../../shared/delivery/publish/publish-messages.ts";
import { idTimeMs } from "../../../../shared/domain/ids.ts";
import type { MessageDraft } from "../../../../shared/domain/messages/message-draft.ts";
import type { Claim, ClaimRequest } from "../../../../shared/store/messages/idempotency-store.ts";
import { publishedTimeMs } from "../../samples.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "./dispatch-deps.ts";

function draftWith(changes: Partial<MessageDraft> = {}): MessageDraft {
  return {
    cacheName: "orders",
    topicName: "paid",
    event: null,
    productId: null,
    contentType: "text/plain",
    keyId: "key_1",
    hops: 0,
    payload: { kind: "text", text: "x" },
    ...changes,
  };
}

const one = subscribersOf(subscriptions(1));
const unavailable = expect.objectContaining({ code: "SERVER_UNAVAILABLE" });
const reused = expect.objectContaining({ code: "ALREADY_EXISTS_ERROR" });

/** Claims in memory. */
function claimsOf(standing: Record<string, Claim> = {}) {
  const claims = new Map(Object.entries(standing));
  return {
    claims,
    async claim({ idempotencyKey, messageId, requestHash }: ClaimRequest) {
      const earlier = claims.get(idempotencyKey);
      if (!earlier) claims.set(idempotencyKey, { messageId, requestHash, sent: false });
      return earlier;
    },
    find: async ({ idempotencyKey }: ClaimRequest) => claims.get(idempotencyKey),
    async markSent({ idempotencyKey }: ClaimRequest) {
      const claim = claims.get(idempotencyKey);
      if (claim) claims.set(idempotencyKey, { ...claim, sent: true });
    },
  };
}

test("answers a new id for each draft, whose time is now", async () => {
  const { deps, trace } = dispatchDeps(one);
  const [first, second] = await publishMessages([draftWith(), draftWith()], deps);
  expect(first).toMatch(/^msg_/);
  expect(second).not.toBe(first);
  expect(idTimeMs(String(first))).toBe(publishedTimeMs);
  expect(trace.jobs.map(({ message }) => message.messageId)).toEqual([first, second]);
});

test("marks as sent what has an Idempotency-Key, after it was sent", async () => {
  const { deps, trace } = dispatchDeps(one);
  await publishMessages([draftWith({ idempotencyKey: "key" }), draftWith()], deps);
  expect(trace.order).toEqual(["store", "send", "mark"]);
});

test("sends once for a key, and answers the same id again", async () => {
  const claims = claimsOf();
  const { deps, trace } = dispatchDeps(one, { claims });
  const draft = draftWith({ idempotencyKey: "key" });
  const [first] = await publishMessages([draft], deps);
  expect(await publishMessages([draft], deps)).toEqual([first]);
  expect(trace.jobs).toHaveLength(1);
});

test("sends again under the same id when the first time ended before the queue had everything", async () => {
  const claims = claimsOf();
  const refusing = dispatchDeps(one, { claims, deliveries: { send: async (jobs) => [...jobs] } });
  const draft = draftWith({ idempotencyKey: "key" });
  expect(await publishMessages([draft], refusing.deps)).toEqual([unavailable]);
  expect(claims.claims.get("key")).toMatchObject({ sent: false });

  const { deps, trace } = dispatchDeps(one, { claims });
  const [second] = await publishMessages([draft], deps);
  expect(second).toBe(claims.claims.get("key")?.messageId);
  expect(trace.jobs).toMatchObject([{ message: { messageId: second } }]);
  expect(claims.claims.get("key")).toMatchObject({ sent: true });
});

test.each([
  ["value", { payload: { kind: "text", text: "y" } }],
  ["content type", { contentType: "text/html" }],
  ["event", { event: 101 }],
  ["productId", { productId: 1 }],
] as const)("refuses a key that was used with another %s", async (_, changes) => {
  const { deps } = dispatchDeps(one, { claims: claimsOf() });
  const draft = draftWith({ idempotencyKey: "key" });
  await publishMessages([draft], deps);
  expect(await publishMessages([{ ...draft, ...changes }], deps)).toEqual([reused]);
});

test("takes a key given twice at once for one message, unless the two differ", async () => {
  const { deps, trace } = dispatchDeps(one, { claims: claimsOf() });
  const draft = draftWith({ idempotencyKey: "key" });
  const different = { ...draft, event: 101 };
  const [first, second, third] = await publishMessages([draft, draft, different], deps);
  expect(second).toBe(first);
  expect(third).toEqual(reused);
  expect(trace.jobs).toHaveLength(1);
});

test("lets one refused message fail alone", async () => {
  const { deps } = dispatchDeps(one, { deliveries: { send: async ([job]) => (job ? [job] : []) } });
  const results = await publishMessages([draftWith(), draftWith()], deps);
  expect(results).toEqual([unavailable, expect.stringMatching(/^msg_/)]);
});

test("calls a message unaccepted when its key cannot be marked, and no other", async () => {
  const markSent = () =>
    Promise.reject(Object.assign(new Error("slow"), { name: "ThrottlingException" }));
  const { deps } = dispatchDeps(one, { claims: { ...claimsOf(), markSent } });
  const results = await publishMessages([draftWith({ idempotencyKey: "key" }), draftWith()], deps);
  expect(results).toEqual([unavailable, expect.stringMatching(/^msg_/)]);
});

test("sends nothing where nothing is left to send", async () => {
  const { deps, trace } = dispatchDeps(one);
  expect(await publishMessages([], deps)).toEqual([]);
  expect(trace.order).toEqual([]);
});
