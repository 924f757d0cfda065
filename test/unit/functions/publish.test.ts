import { expect, test } from "vitest";
import { publish } from "../../../functions/http/messages/publish.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { payloadBytes } from "../../../shared/domain/messages/payload.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "../delivery/publish/dispatch-deps.ts";
import { callerWith } from "./http-event.ts";

const one = subscribersOf(subscriptions(1));

function request(
  body: Buffer,
  changes: { headers?: object; query?: object; topicName?: string } = {},
) {
  const {
    headers = { "content-type": "application/json" },
    query = {},
    topicName = "paid",
  } = changes;
  const params = { cacheName: "orders", topicName };
  return { params, query, headers, body, text: "", caller: callerWith() };
}

test("sends the value byte for byte, with all that its deliveries need", async () => {
  const { deps, trace } = dispatchDeps(one);
  const text = '{ "größe" : 9007199254740993, "a":1.0, "a":2 }';
  const query = { event: "invoice.paid", productId: 7 };
  const { messageId } = await publish(request(Buffer.from(text), { query }), deps);
  expect(trace.jobs).toMatchObject([
    {
      message: {
        messageId,
        cacheName: "orders",
        topicName: "paid",
        event: "invoice.paid",
        productId: 7,
        contentType: "application/json",
        keyId: "key_1",
      },
      payload: { kind: "json", text },
    },
  ]);
});

test.each([
  ["text/plain", "text"],
  ["application/ld+json; charset=utf-8", "json"],
  ["application/octet-stream", "binary"],
])("takes %s for %s", async (contentType, kind) => {
  const { deps, trace } = dispatchDeps(one);
  await publish(request(Buffer.from("12"), { headers: { "content-type": contentType } }), deps);
  expect(trace.jobs).toMatchObject([{ payload: { kind } }]);
});

test.each([
  {},
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "json" },
  { "content-type": "*/*" },
  { "content-type": "text/*" },
  { "content-type": "text/plain; charset=iso-8859-1" },
  { "content-type": 'application/json; charset="UTF-16LE"' },
  { "content-type": "text/plain; charset=utf-8; charset=latin1" },
])("answers 415 to the headers %j", async (headers) => {
  const { deps, trace } = dispatchDeps(one);
  await expect(publish(request(Buffer.from("1"), { headers }), deps)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT_ERROR",
    status: 415,
  });
  expect(trace.order).toEqual([]);
});

test("takes 262,144 bytes and not one more", async () => {
  const { deps } = dispatchDeps(one);
  const headers = { "content-type": "application/octet-stream" };
  await publish(request(Buffer.alloc(262_144), { headers }), deps);
  await expect(publish(request(Buffer.alloc(262_145), { headers }), deps)).rejects.toMatchObject({
    code: "PAYLOAD_TOO_LARGE_ERROR",
    status: 413,
  });
});

test("refuses what is not what it says", async () => {
  const { deps } = dispatchDeps(one);
  await expect(publish(request(Buffer.from("{")), deps)).rejects.toMatchObject({ status: 400 });
  const headers = { "content-type": "text/plain" };
  await expect(publish(request(Buffer.from([255]), { headers }), deps)).rejects.toMatchObject({
    status: 400,
  });
});

test("refuses topics that are ours", async () => {
  const { deps } = dispatchDeps(one);
  const input = request(Buffer.from("1"), { topicName: "$hookcast" });
  await expect(publish(input, deps)).rejects.toMatchObject({ code: "INVALID_ARGUMENT_ERROR" });
});

test("does not acknowledge what the queue did not take", async () => {
  const { deps } = dispatchDeps(one, { deliveries: { send: async (jobs) => [...jobs] } });
  await expect(publish(request(Buffer.from("1")), deps)).rejects.toMatchObject({
    code: "SERVER_UNAVAILABLE",
    status: 503,
  });
});

test("answers a repetition under the same key with the same id, and another message with 409", async () => {
  let standing: { messageId: string; requestHash: string; sent: boolean } | undefined;
  const claims = {
    async claim({ messageId, requestHash }: { messageId: string; requestHash: string }) {
      const earlier = standing;
      standing ??= { messageId, requestHash, sent: true };
      return earlier;
    },
    find: async () => standing,
    markSent: async () => {},
  };
  const { deps, trace } = dispatchDeps(one, { claims });
  const headers = { "content-type": "text/plain", "idempotency-key": "key" };
  const first = await publish(request(Buffer.from("x"), { headers }), deps);
  expect(await publish(request(Buffer.from("x"), { headers }), deps)).toEqual(first);
  expect(trace.jobs).toHaveLength(1);
  await expect(publish(request(Buffer.from("y"), { headers }), deps)).rejects.toMatchObject({
    status: 409,
  });
});

test("counts against the key's quota, and sends nothing once it is used up", async () => {
  const { deps, trace } = dispatchDeps(one);
  const taken: unknown[] = [];
  const isUsedUp = new AppError("LIMIT_EXCEEDED_ERROR", "used up");
  const quota = {
    take: async (...args: unknown[]) => {
      taken.push(args);
      if (taken.length > 1) throw isUsedUp;
    },
  };
  await publish(request(Buffer.from("1")), { ...deps, quota });
  await expect(publish(request(Buffer.from("2")), { ...deps, quota })).rejects.toBe(isUsedUp);
  expect(taken[0]).toEqual(["key_1", 1, deps.now()]);
  expect(trace.jobs).toHaveLength(1);
});

const formType = "application/x-www-form-urlencoded";

test.each([
  [formType, "a=1&b=%20", { raw: true }],
  ["text/plain; charset=US-ASCII", "a", {}],
  ['text/plain; charset="utf-8"', "ä", {}],
  ["application/octet-stream; charset=iso-8859-1", "ä", {}],
])(
  "takes %s with the value %s and the query %j, byte for byte",
  async (contentType, text, query) => {
    const { deps, trace } = dispatchDeps(one);
    const headers = { "content-type": contentType };
    await publish(request(Buffer.from(text), { headers, query }), deps);
    const payload = trace.jobs[0]?.payload;
    expect(payload && payloadBytes(payload).toString()).toBe(text);
    expect(trace.jobs[0]?.message.contentType).toBe(contentType);
  },
);
