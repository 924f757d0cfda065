import { hash } from "node:crypto";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, receive, receiveOne, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function counts(QueueUrl: string) {
  const { Attributes = {} } = await sqs.client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return {
    ready: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
  };
}

test("brings a message with its attributes, and the digests that the SDK compares", async () => {
  const queue = await createQueue(sqs.client);
  const attributes = {
    text: { DataType: "String", StringValue: "Grüße 🙂" },
    number: { DataType: "Number.int", StringValue: "42" },
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  };
  // The SDK itself throws when a digest of the body does not fit.
  const sent = await send(sqs.client, queue, "Grüße 🙂", {
    MessageAttributes: attributes,
    MessageSystemAttributes: {
      AWSTraceHeader: {
        DataType: "String",
        StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793",
      },
    },
    MessageGroupId: "webhook-1",
  });
  const message = await receiveOne(sqs.client, queue);
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: "Grüße 🙂",
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
  });
  expect(message.MessageAttributes).toEqual(attributes);
  expect(message.Attributes).toMatchObject({
    MessageGroupId: "webhook-1",
    AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
    ApproximateReceiveCount: "1",
    SenderId: expect.any(String),
    SentTimestamp: expect.stringMatching(/^\d{13}$/),
    ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
  });
});

test("computes the documented digest of message attributes", async () => {
  const queue = await createQueue(sqs.client);
  const { MD5OfMessageAttributes } = await send(sqs.client, queue, "body", {
    MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
  });
  // Lengths of four bytes before name, type and value, one byte for the kind of value.
  const digested = Buffer.from("\0\0\0\x01a\0\0\0\x06String\x01\0\0\0\x01b", "latin1");
  expect(MD5OfMessageAttributes).toBe(hash("md5", digested));
});

test("shows only the attributes that were asked for", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "body", {
    MessageAttributes: {
      "trace.id": { DataType: "String", StringValue: "1" },
      other: { DataType: "String", StringValue: "2" },
    },
  });
  const message = await receiveOne(sqs.client, queue, {
    MessageAttributeNames: ["trace.*"],
    MessageSystemAttributeNames: ["SentTimestamp"],
  });
  expect(Object.keys(message.MessageAttributes ?? {})).toEqual(["trace.id"]);
  expect(Object.keys(message.Attributes ?? {})).toEqual(["SentTimestamp"]);
});

test("takes 1 MiB and refuses one byte more, attributes counted", async () => {
  const queue = await createQueue(sqs.client);
  const MiB = 1_048_576;
  await send(sqs.client, queue, "x".repeat(MiB));
  const refusal = { name: "InvalidParameterValue" };
  await expect(send(sqs.client, queue, "x".repeat(MiB + 1))).rejects.toMatchObject(refusal);
  await expect(send(sqs.client, queue, `${"x".repeat(MiB - 1)}ü`)).rejects.toMatchObject(refusal);
  await expect(
    send(sqs.client, queue, "x".repeat(MiB - 3), {
      MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
    }),
  ).rejects.toMatchObject(refusal);
});

test("refuses what SQS does not carry", async () => {
  const queue = await createQueue(sqs.client);
  for (const body of ["\u0000", "a\u0001", "\uFFFE", "\uFFFF", "\uD800", "\u000B"]) {
    await expect(send(sqs.client, queue, body)).rejects.toMatchObject({
      name: "InvalidMessageContents",
    });
  }
  await send(sqs.client, queue, "\t\n\r \uE000\uFFFD\u{10FFFF}");
  expect((await receiveOne(sqs.client, queue)).Body).toBe("\t\n\r \uE000\uFFFD\u{10FFFF}");
});

test("holds a message back for its own delay, the queue's otherwise", async () => {
  const queue = await createQueue(sqs.client, { DelaySeconds: "900" });
  await send(sqs.client, queue, "delayed by the queue");
  await send(sqs.client, queue, "at once", { DelaySeconds: 0 });
  await send(sqs.client, queue, "a quarter of an hour", { DelaySeconds: 900 });
  expect((await receiveOne(sqs.client, queue)).Body).toBe("at once");
  expect(await counts(queue)).toEqual({ ready: 0, inFlight: 1, delayed: 2 });
  expect(await receive(sqs.client, queue)).toEqual([]);

  const sentMs = performance.now();
  await send(sqs.client, queue, "a second", { DelaySeconds: 1 });
  expect((await receiveOne(sqs.client, queue)).Body).toBe("a second");
  expect(performance.now() - sentMs).toBeGreaterThan(950);
  await expect(send(sqs.client, queue, "too long", { DelaySeconds: 901 })).rejects.toMatchObject({
    name: "InvalidParameterValue",
  });
});

test("delivers a long delay when its time has come, not before", async ({ skip }) => {
  const { embedded } = sqs;
  if (!embedded) return skip("needs the embedded engine's clock");
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "later", { DelaySeconds: 900 });
  embedded.clock.advanceSeconds(890);
  expect(await receive(sqs.client, queue)).toEqual([]);
  embedded.clock.advanceSeconds(10);
  expect(await receive(sqs.client, queue)).toHaveLength(1);
});

test("forgets messages after the retention period", async ({ skip }) => {
  const { embedded } = sqs;
  if (!embedded) return skip("needs the embedded engine's clock");
  const queue = await createQueue(sqs.client, { MessageRetentionPeriod: "3600" });
  await send(sqs.client, queue, "old");
  embedded.clock.advanceSeconds(3000);
  await send(sqs.client, queue, "young");
  embedded.clock.advanceSeconds(700);
  expect(await counts(queue)).toMatchObject({ ready: 1 });
  expect((await receiveOne(sqs.client, queue)).Body).toBe("young");
});

test("deletes a message for good", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "once");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue);
  await sqs.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  await sqs.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  expect(await counts(queue)).toEqual({ ready: 0, inFlight: 0, delayed: 0 });
});

test("empties a queue on a purge", async () => {
  const queue = await createQueue(sqs.client);
  for (const body of ["a", "b", "c"]) await send(sqs.client, queue, body);
  await receiveOne(sqs.client, queue);
  await sqs.client.send(new PurgeQueueCommand({ QueueUrl: queue }));
  expect(await counts(queue)).toEqual({ ready: 0, inFlight: 0, delayed: 0 });
});
