import { expect, test } from "vitest";
import { publish } from "../../../../functions/http/messages/publish.ts";
import { publishBatch } from "../../../../functions/http/messages/publish-batch.ts";
import { routes } from "../../../../shared/contract/routes.ts";
import { openAnnouncer } from "../../../../shared/delivery/announcer.ts";
import type { PublishDeps } from "../../../../shared/delivery/publish/entrance-deps.ts";
import { publishMessages } from "../../../../shared/delivery/publish/publish-messages.ts";
import { AppError } from "../../../../shared/domain/app-error.ts";
import type { MessageDraft } from "../../../../shared/domain/messages/message-draft.ts";
import { readRequest } from "../../../../shared/runtime/request.ts";
import { httpEvent } from "../../functions/http-event.ts";
import { factsWith, jobWith } from "../../samples.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "./dispatch-deps.ts";

const one = subscribersOf(subscriptions(1));
const params = { cacheName: "orders", topicName: "paid" };
const forwardedTooOften = {
  code: "FAILED_PRECONDITION_ERROR",
  status: 409,
  message: "this message has been forwarded too often",
};
const accepted = expect.stringMatching(/^msg_/);

/** Dependencies with a budget, and what was taken of it. */
function hopDeps(left = Number.POSITIVE_INFINITY) {
  const taken: unknown[] = [];
  const hopQuota = {
    async take(cacheName: string, howMany: number) {
      taken.push([cacheName, howMany]);
      if (howMany > left) throw new AppError("LIMIT_EXCEEDED_ERROR", "used up");
    },
  };
  return { ...dispatchDeps(one, { hopQuota }), taken };
}

function draftWith(changes: Partial<MessageDraft>): MessageDraft {
  return {
    ...params,
    ...{ event: null, productId: null, contentType: "text/plain", keyId: "key_1", hops: 0 },
    payload: { kind: "text", text: "x" },
    ...changes,
  };
}

function headersWith(hops: string | undefined) {
  const type = { "content-type": "application/json" };
  return hops === undefined ? type : { ...type, "webhook-hops": hops };
}

const calls: [string, (hops: string | undefined, deps: PublishDeps) => Promise<unknown>][] = [
  [
    "publish",
    async (hops, deps) =>
      publish(
        readRequest(routes.publish, httpEvent({ params, headers: headersWith(hops), body: {} })),
        deps,
      ),
  ],
  [
    "publishBatch",
    async (hops, deps) => {
      const body = { messages: [{ value: 1 }] };
      const event = httpEvent({ params, headers: headersWith(hops), body });
      return publishBatch(readRequest(routes.publishBatch, event), deps);
    },
  ],
];

test.each(calls)("%s counts on, up to four hops", async (_, call) => {
  for (const [header, hops] of [
    ["1", 1],
    ["4", 4],
    ["0004", 4],
  ] as const) {
    const { deps, trace, taken } = hopDeps();
    await call(header, deps);
    expect(trace.jobs).toMatchObject([{ message: { hops } }]);
    expect(trace.stored).toMatchObject([{ facts: { hops } }]);
    expect(taken).toEqual([["orders", 1]]);
  }
});

test.each(calls)("%s asks nothing of the budget where there is no hop", async (_, call) => {
  for (const header of [undefined, "0"]) {
    const { deps, trace, taken } = hopDeps(0);
    await call(header, deps);
    expect(trace.jobs[0]?.message).not.toHaveProperty("hops");
    expect(taken).toEqual([]);
  }
});

test.each(calls)("%s refuses more than four hops, and touches nothing", async (_, call) => {
  for (const header of ["5", "6", "00005", "9".repeat(400)]) {
    const { deps, trace, taken } = hopDeps();
    await expect(call(header, deps)).rejects.toMatchObject(forwardedTooOften);
    expect([trace.order, taken]).toEqual([[], []]);
  }
});

test.each(calls)("%s refuses what is no number of hops, by name", async (_, call) => {
  for (const header of ["", " ", "-1", "+1", "1.5", "1e0", "0x1", "one", "1,1", "٣"]) {
    const { deps, trace } = hopDeps();
    await expect(call(header, deps)).rejects.toMatchObject({
      status: 400,
      details: [{ path: "webhook-hops", message: "must be a whole number" }],
    });
    expect(trace.order).toEqual([]);
  }
});

test.each(calls)("%s answers 429 once the budget is used up", async (_, call) => {
  const { deps, trace } = hopDeps(0);
  await expect(call("1", deps)).rejects.toMatchObject({ status: 429 });
  expect(trace.order).toEqual([]);
});

test("a batch counts its entries, but for those that are bad", async () => {
  const { deps, taken } = hopDeps();
  const body = { messages: [{ value: 1 }, { value: 2 }, { nonsense: 1 }] };
  const event = httpEvent({ params, headers: headersWith("2"), body });
  await publishBatch(readRequest(routes.publishBatch, event), deps);
  expect(taken).toEqual([["orders", 2]]);
});

test("whichever entrance a message comes by, what went too far is refused and the rest is not", async () => {
  const { deps, trace, taken } = hopDeps();
  const results = await publishMessages(
    [5, 4, 0].map((hops) => draftWith({ hops })),
    deps,
  );
  expect(results).toEqual([expect.objectContaining(forwardedTooOften), accepted, accepted]);
  expect(trace.jobs.map(({ message }) => message.hops)).toEqual([4, undefined]);
  expect(taken).toEqual([["orders", 1]]);
});

test("a used-up budget holds back what was forwarded, and nothing else", async () => {
  const { deps, trace } = hopDeps(1);
  const results = await publishMessages(
    [1, 0, 2].map((hops) => draftWith({ hops })),
    deps,
  );
  const usedUp = expect.objectContaining({ code: "LIMIT_EXCEEDED_ERROR" });
  expect(results).toEqual([usedUp, accepted, usedUp]);
  expect(trace.jobs).toHaveLength(1);
});

test("an event about a forwarded message goes on counting, and takes none of the budget", async () => {
  const { deps, trace, taken } = hopDeps(0);
  const announcer = openAnnouncer({
    ...deps,
    budget: { isSpent: () => false, take: async () => true },
    suppressed: { add: async () => {} },
  });
  await announcer.failed(jobWith({ message: factsWith({ hops: 4 }) }), "HTTP 500");
  await announcer.failed(jobWith(), "HTTP 500");
  expect(trace.jobs.map(({ message }) => message.hops)).toEqual([4, undefined]);
  expect(taken).toEqual([]);
});
