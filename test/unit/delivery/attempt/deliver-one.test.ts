import { expect, test } from "vitest";
import { itemBytes } from "../../../../local/dynamodb/engine/item-size.ts";
import { deliverOne } from "../../../../shared/delivery/attempt/deliver-one.ts";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import { deliveryKey } from "../../../../shared/store/keys.ts";
import { toItem } from "../../../../shared/store/table/rows.ts";
import {
  deliveryWith,
  factsWith,
  jobWith,
  messageId,
  publishedTimeMs,
  webhookId,
  webhookWith,
} from "../../samples.ts";
import { answered, contextOf, deliverDeps } from "../deliver-deps.ts";

const active = contextOf(webhookWith());

test("posts what the webhook asks for, signed, and records the success", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith(), active, deps);
  expect(trace.posted).toMatchObject([
    {
      url: webhookWith().url,
      timeoutMs: 15_000,
      headers: {
        "x-tenant": "a",
        "webhook-id": messageId,
        "webhook-timestamp": String(Math.floor(publishedTimeMs / 1000)),
        "webhook-signature": expect.stringMatching(/^v1,[^ ]+$/),
      },
    },
  ]);
  expect(trace.gathered).toMatchObject([
    { status: "delivered", attemptCount: 1, firstAttempt: { statusCode: 200, error: null } },
  ]);
  expect(trace.order).toEqual(["post", "gather"]);
});

test("signs with the previous secret too, as long as its grace lasts", async () => {
  const previous = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const vault = {
    secretOf: async () => new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    previousSecretOf: async () => new Secret(previous),
    openText: async () => new Secret("unused"),
    headersOf: async () => ({}),
  };
  const signaturesUntil = async (previousSecretUntilMs: number) => {
    const { deps, trace } = deliverDeps(answered(200), { vault });
    await deliverOne(jobWith(), contextOf(webhookWith({ previousSecretUntilMs })), deps);
    return trace.posted[0]?.headers["webhook-signature"]?.split(" ").length;
  };
  expect(await signaturesUntil(publishedTimeMs + 101)).toBe(2);
  expect(await signaturesUntil(publishedTimeMs + 100)).toBe(1);
});

test("lets a delivery end without a trace when its webhook was deleted", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith({ attempt: 3 }), contextOf(undefined), deps);
  expect(trace.order).toEqual([]);
});

test.each([
  ["pending", 1],
  ["retrying", 1],
  ["delivered", 0],
  ["failed", 0],
] as const)(
  "counts a deleted webhook's %s delivery among the waiting no more: %i write",
  async (status, writes) => {
    const { deps, trace } = deliverDeps(answered(200));
    const job = jobWith({ attempt: 3 });
    await deliverOne(job, contextOf(undefined, deliveryWith({ status })), deps);
    expect(trace.forgotten).toEqual(Array(writes).fill(job.webhookId));
  },
);

test("posts nothing to an inactive webhook and accounts for the delivery", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith({ attempt: 2 }), contextOf(webhookWith({ status: "inactive" })), deps);
  expect(trace.order).toEqual(["record"]);
  expect(trace.recorded).toMatchObject([
    { record: { status: "failed", error: "webhook inactive", attemptCount: 1 }, attempt: null },
  ]);
});

test.each([
  ["delivered", deliveryWith({ status: "delivered" })],
  ["failed", deliveryWith({ status: "failed" })],
  ["tried as often already", deliveryWith({ attemptCount: 2 })],
  ["begun anew", deliveryWith({ generation: 2, attemptCount: 1 })],
])("does nothing for a delivery that is %s", async (_, head) => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith({ attempt: 2 }), contextOf(webhookWith(), head), deps);
  expect(trace.order).toEqual([]);
});

test("makes the attempt that a retrying delivery waits for", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith({ attempt: 2 }), contextOf(webhookWith(), deliveryWith()), deps);
  expect(trace.order).toEqual(["lease", "post", "record"]);
  expect(trace.recorded).toMatchObject([{ record: { status: "delivered", attemptCount: 2 } }]);
});

test("reads a value that is carried by reference", async () => {
  const payload = { kind: "text", text: "from the table" } as const;
  const messages = { find: async () => ({ facts: factsWith(), payload, expiresAt: 0 }) };
  const { deps, trace } = deliverDeps(answered(200), { messages });
  await deliverOne(jobWith({ payload: undefined }), active, deps);
  expect(trace.posted[0]?.body.toString()).toContain("from the table");
});

test("fails a delivery whose value is no longer there", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  await deliverOne(jobWith({ payload: undefined }), active, deps);
  expect(trace.order).toEqual(["record"]);
  expect(trace.recorded).toMatchObject([
    { record: { status: "failed", error: "message expired" } },
  ]);
});

test("tries again later what the receiver did not take, and stores that before the log", async () => {
  const { deps, trace } = deliverDeps(answered(500, {}, "oops"));
  await deliverOne(jobWith(), active, deps);
  expect(trace.order).toEqual(["post", "retry", "record"]);
  const timeMs = publishedTimeMs + 5_100;
  expect(trace.retried).toEqual([{ attempt: 2, generation: 1, timeMs }]);
  expect(trace.recorded).toMatchObject([
    {
      record: { status: "retrying", attemptCount: 1, nextAttemptTimeMs: timeMs },
      attempt: { attempt: 1, statusCode: 500, error: "HTTP 500", responseBody: "oops" },
    },
  ]);
});

test("tries no sooner than the receiver asks", async () => {
  const { deps, trace } = deliverDeps(answered(503, { retryAfter: "120" }));
  await deliverOne(jobWith(), active, deps);
  expect(trace.retried).toMatchObject([{ timeMs: publishedTimeMs + 120_100 }]);
});

test("fails after the last attempt of the schedule", async () => {
  const { deps, trace } = deliverDeps(answered(500));
  await deliverOne(
    jobWith({ attempt: 3 }),
    contextOf(webhookWith(), deliveryWith({ attemptCount: 2 })),
    deps,
  );
  expect(trace.retried).toEqual([]);
  expect(trace.recorded).toMatchObject([
    {
      record: { status: "failed", error: "schedule end", attemptCount: 3, nextAttemptTimeMs: null },
    },
  ]);
});

test.each([
  [410, ["lease", "post", "replace", "record"]],
  [200, ["lease", "post", "record", "replace"]],
])(
  "switches the webhook off when status %i says so, a refusal before it is recorded, a success after",
  async (status, order) => {
    const { deps, trace } = deliverDeps(answered(status, { webhookDelivery: "disable" }));
    await deliverOne(jobWith({ generation: 2 }), active, deps);
    expect(trace.order).toEqual(order);
    expect(trace.replaced).toMatchObject([{ status: "inactive", statusReason: "gone" }]);
  },
);

test("leaves the webhook on when the receiver only fails", async () => {
  const { deps, trace } = deliverDeps(answered(404));
  await deliverOne(jobWith(), active, deps);
  expect(trace.replaced).toEqual([]);
});

test("keeps of a success no more than 128 characters of the answer, and all of a failure", async () => {
  const long = "💳".repeat(400);
  const success = deliverDeps(answered(200, {}, long));
  await deliverOne(jobWith(), active, success.deps);
  expect(success.trace.gathered[0]?.firstAttempt?.responseBody).toBe("💳".repeat(128));
  const failure = deliverDeps(answered(500, {}, long));
  await deliverOne(jobWith(), active, failure.deps);
  expect(failure.trace.recorded[0]?.attempt?.responseBody).toBe(long);
});

test("keeps what was tried: the webhook's version, the length of the body, and headers of a failed answer", async () => {
  const responseHeaders = { "content-type": "text/html" };
  const { deps, trace } = deliverDeps({ ...answered(500), responseHeaders });
  await deliverOne(jobWith(), contextOf(webhookWith({ version: 7 })), deps);
  const bytes = trace.posted[0]?.body.length;
  const attempt = { settingsVersion: 7, bytes, responseHeaders };
  expect(trace.recorded[0]?.attempt).toMatchObject(attempt);
  expect(trace.recorded[0]?.record.firstAttempt).toMatchObject(attempt);
  expect(trace.recorded[0]?.attempt).not.toHaveProperty("traceHeaders");
});

test("keeps which headers about a trace were sent", async () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const message = factsWith({ trace: { traceparent, tracestate: "vendor=value" } });
  const { deps, trace } = deliverDeps(answered(200), { tracing: true });
  await deliverOne(jobWith({ message }), active, deps);
  const traceHeaders = ["traceparent", "tracestate"];
  expect(trace.gathered[0]?.firstAttempt).toMatchObject({ traceHeaders });
});

test.each([
  ["a short topic", "paid", 101],
  ["a long topic and event", "t".repeat(128), `invoice.${"x".repeat(120)}`],
  ["a topic in a script of long characters", "支".repeat(128), null],
])(
  "keeps the row of a first success within one write unit, with %s",
  async (_, topicName, event) => {
    const headers = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`x-header-${n}`, "v"]),
    );
    const vault = {
      secretOf: async () => new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
      previousSecretOf: async () => undefined,
      openText: async () => new Secret("unused"),
      headersOf: async () => headers,
    };
    const url = `https://example.com/${"a".repeat(2_028)}`;
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const trace = { traceparent, tracestate: "vendor=value" };
    const reply = { ...answered(200, {}, "💳".repeat(400)), latencyMs: 29_999 };
    const { deps, trace: did } = deliverDeps(reply, { vault, tracing: true });
    const webhook = webhookWith({ url, headerNames: Object.keys(headers), version: 123_456 });
    const message = factsWith({ topicName, event, trace });
    const payload = { kind: "text", text: "a".repeat(262_144) } as const;
    await deliverOne(jobWith({ message, payload }), contextOf(webhook), deps);
    const [record] = did.gathered;
    const item = toItem({ ...deliveryKey(webhookId, messageId), ...record });
    expect(itemBytes(item as unknown as Parameters<typeof itemBytes>[0])).toBeLessThanOrEqual(
      1_024,
    );
    expect(record?.firstAttempt).toMatchObject({ settingsVersion: 123_456, statusCode: 200 });
  },
);

test("comes back as a fault of ours when the retry cannot be stored", async () => {
  const retryScheduler = { schedule: () => Promise.reject(new Error("the queue is down")) };
  const { deps, trace } = deliverDeps(answered(500), { retryScheduler });
  await expect(deliverOne(jobWith(), active, deps)).rejects.toThrow("the queue is down");
  expect(trace.recorded).toEqual([]);
});

test("leaves an attempt that would be cut off to another invocation, at once", async () => {
  const { deps, trace } = deliverDeps(answered(200));
  const short = { ...deps, timeLeftMs: () => 20_000 };
  await deliverOne(jobWith(), active, short);
  expect(trace.posted).toEqual([]);
  expect(trace.retried).toHaveLength(1);
});
