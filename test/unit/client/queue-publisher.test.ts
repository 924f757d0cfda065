import { SQS } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { ConnectionError, HookcastError } from "../../../client/errors.ts";
import { createQueuePublisher, type SqsClient } from "../../../client/queue-publisher.ts";
import { IngestEntry } from "../../../shared/contract/ingest.ts";
import { readBody } from "../../../shared/delivery/ingest/read-body.ts";

const to = { cacheName: "orders", topicName: "paid" };
const queueUrl = "https://sqs.example/1/ingest";

type Send = SqsClient["sendMessageBatch"];

/** SQS, which takes everything unless it is told otherwise. */
function publisherWith(send?: Send) {
  const batches: string[][] = [];
  const sqs: SqsClient = {
    async sendMessageBatch(input) {
      batches.push(input.Entries.map(({ MessageBody }) => MessageBody));
      if (send) return send(input);
      return { Successful: input.Entries.map(({ Id }) => ({ Id, MessageId: `sqs-${Id}` })) };
    },
  };
  return { publisher: createQueuePublisher({ queueUrl, sqs }), batches };
}

test("sends what the service reads, whatever the content", async () => {
  const { publisher, batches } = publisherWith();
  const facts = { ...to, event: "order.paid", productId: 7, idempotencyKey: "k", hops: 1 };
  const messages = [
    { ...facts, value: { a: [1, null] } },
    { ...to, json: ' {"n":9007199254740993, "x":"\uffff"} ' },
    { ...to, text: "größe \ud800 \u0000" },
    { ...to, bytes: Uint8Array.of(0, 255), contentType: "image/png" },
    { ...to, value: null, idempotencyKey: null },
  ];
  await Promise.allSettled(messages.map((message) => publisher.publish(message)));
  const [batch = []] = batches;
  const drafts = batch.map((body) => readBody(body, { queue: "ingest" }).entries[0]?.draft);
  expect(drafts).toMatchObject([
    { ...facts, payload: { kind: "json", text: '{"a":[1,null]}' } },
    { payload: { kind: "json", text: '{"n":9007199254740993, "x":"\\uffff"}' } },
    { name: "AppError" }, // a lone surrogate is refused, as by publish
    { payload: { kind: "binary", base64: "AP8=" }, contentType: "image/png" },
    { payload: { kind: "json", text: "null" }, idempotencyKey: undefined },
  ]);
  for (const body of batch) {
    expect(IngestEntry.safeParse(JSON.parse(body)).success).toBe(true);
    expect(body).toMatch(/^[^\uFFFE\uFFFF\p{Cs}]*$/u);
  }
});

test("sends what is begun together in tens, in order, and tells each its id", async () => {
  const { publisher, batches } = publisherWith();
  const numbers = Array.from({ length: 23 }, (_, n) => n);
  const sent = await Promise.all(numbers.map((value) => publisher.publish({ ...to, value })));
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 3]);
  expect(batches.flat().map((body) => JSON.parse(body).value)).toEqual(numbers);
  expect(sent.map(({ sqsMessageId }) => sqsMessageId)).toEqual(numbers.map((n) => `sqs-${n % 10}`));
  await publisher.publish({ ...to, value: "later" });
  expect(batches).toHaveLength(4);
});

test("sends no more bytes in a call than SQS takes", async () => {
  const { publisher, batches } = publisherWith();
  const texts = Array.from({ length: 5 }, () => "x".repeat(261_000));
  await Promise.all(texts.map((text) => publisher.publish({ ...to, text })));
  expect(batches.map((batch) => batch.length)).toEqual([4, 1]);
});

test("refuses a message that the queue would not take, and sends the others", async () => {
  const { publisher, batches } = publisherWith();
  const results = await Promise.allSettled([
    publisher.publish({ ...to, text: "x".repeat(1_044_481) }),
    publisher.publish({ ...to, text: "y" }),
  ]);
  expect(results).toMatchObject([
    { reason: { name: "HookcastError", status: 413, code: "PAYLOAD_TOO_LARGE_ERROR" } },
    { value: { sqsMessageId: "sqs-0" } },
  ]);
  expect(batches).toHaveLength(1);
});

test("tells apart what SQS refuses for its sender's fault and for its own", async () => {
  const { publisher } = publisherWith(async () => ({
    Successful: [{ Id: "0", MessageId: "a" }],
    Failed: [
      { Id: "1", Code: "InvalidMessageContents", SenderFault: true },
      { Id: "2", Code: "InternalError", Message: "try again", SenderFault: false },
    ],
  }));
  const results = await Promise.allSettled(
    [0, 1, 2].map((value) => publisher.publish({ ...to, value })),
  );
  expect(results).toMatchObject([
    { value: { sqsMessageId: "a" } },
    { reason: { status: 400, code: "INVALID_ARGUMENT_ERROR" } },
    { reason: { status: 503, code: "SERVER_UNAVAILABLE" } },
  ]);
  expect(results[2]).toMatchObject({ reason: expect.any(HookcastError) });
});

test("says that it does not know where the call fails, or SQS leaves a message out", async () => {
  const cause = new Error("socket hang up");
  const failing = publisherWith(async () => {
    throw cause;
  });
  const error = await failing.publisher.publish({ ...to, value: 1 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.cause).toBe(cause);
  const silent = publisherWith(async () => ({}));
  await expect(silent.publisher.publish({ ...to, value: 1 })).rejects.toThrow(ConnectionError);
});

test("takes the SDK's own client", () => {
  const sqs: SqsClient = new SQS({ region: "eu-central-1" });
  expect(createQueuePublisher({ queueUrl, sqs })).toHaveProperty("publish");
});
