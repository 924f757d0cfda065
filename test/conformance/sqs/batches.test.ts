import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, receive, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function sendBatch(QueueUrl: string, entries: Partial<SendMessageBatchRequestEntry>[]) {
  const Entries = entries.map((entry, n) => ({ Id: String(n), MessageBody: "body", ...entry }));
  return sqs.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

test("answers 200 and lists the entries that failed", async () => {
  const queue = await createQueue(sqs.client);
  const { Successful, Failed } = await sendBatch(queue, [
    { MessageBody: "good" },
    { MessageBody: "bad \uFFFF" },
    { DelaySeconds: 901 },
    { MessageBody: "good, too" },
  ]);
  expect(Successful?.map(({ Id }) => Id)).toEqual(["0", "3"]);
  expect(Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault])).toEqual([
    ["1", "InvalidMessageContents", true],
    ["2", "InvalidParameterValue", true],
  ]);
  const received = await receive(sqs.client, queue, { MaxNumberOfMessages: 10 });
  expect(received.map(({ Body }) => Body).toSorted()).toEqual(["good", "good, too"]);
});

test("refuses a batch that is empty, too long, too large or names an entry twice", async () => {
  const queue = await createQueue(sqs.client);
  await expect(sendBatch(queue, [])).rejects.toMatchObject({ name: "EmptyBatchRequest" });
  await expect(sendBatch(queue, Array(11).fill({}))).rejects.toMatchObject({
    name: "TooManyEntriesInBatchRequest",
  });
  await expect(sendBatch(queue, [{ Id: "same" }, { Id: "same" }])).rejects.toMatchObject({
    name: "BatchEntryIdsNotDistinct",
  });
  await expect(sendBatch(queue, [{ Id: "no spaces" }])).rejects.toMatchObject({
    name: "InvalidBatchEntryId",
  });
  const half = { MessageBody: "x".repeat(524_289) };
  await expect(sendBatch(queue, [half, half])).rejects.toMatchObject({
    name: "BatchRequestTooLong",
  });
  expect(await receive(sqs.client, queue)).toEqual([]);
});

test("deletes and hands back in batches, each entry by itself", async () => {
  const queue = await createQueue(sqs.client);
  for (const body of ["a", "b"]) await send(sqs.client, queue, body);
  const [first, second] = await receive(sqs.client, queue, { MaxNumberOfMessages: 10 });

  const deleted = await sqs.client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queue,
      Entries: [
        { Id: "good", ReceiptHandle: first?.ReceiptHandle },
        { Id: "bad", ReceiptHandle: "nonsense" },
      ],
    }),
  );
  expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(["good"]);
  expect(deleted.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([
    ["bad", "ReceiptHandleIsInvalid"],
  ]);

  const handedBack = await sqs.client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queue,
      Entries: [
        { Id: "good", ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: "bad", ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 },
      ],
    }),
  );
  expect(handedBack.Successful?.map(({ Id }) => Id)).toEqual(["good"]);
  expect(handedBack.Failed?.map(({ Id }) => Id)).toEqual(["bad"]);
  const left = await receive(sqs.client, queue, { MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
  expect(left.map(({ Body }) => Body)).toEqual([second?.Body]);
});
