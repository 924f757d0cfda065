import { randomUUID } from "node:crypto";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, queueArn, receiveOne, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function attributes(QueueUrl: string) {
  const answer = await sqs.client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return answer.Attributes;
}

test("finds a queue by its name and lists it under a prefix", async () => {
  const QueueName = `found-${randomUUID()}`;
  const { QueueUrl } = await sqs.client.send(new CreateQueueCommand({ QueueName }));
  expect((await sqs.client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl).toBe(QueueUrl);
  const list = new ListQueuesCommand({ QueueNamePrefix: "found-" });
  expect((await sqs.client.send(list)).QueueUrls).toContain(QueueUrl);
});

test("creates a queue again with the same attributes and refuses others", async () => {
  const QueueName = `again-${randomUUID()}`;
  const create = (VisibilityTimeout: string) =>
    sqs.client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout } }));
  expect((await create("45")).QueueUrl).toBe((await create("45")).QueueUrl);
  await expect(create("46")).rejects.toMatchObject({ name: "QueueNameExists" });
});

test("answers attributes as they were set and the standards of the others", async () => {
  const queue = await createQueue(sqs.client, { VisibilityTimeout: "45" });
  await sqs.client.send(
    new SetQueueAttributesCommand({
      QueueUrl: queue,
      Attributes: { MessageRetentionPeriod: "1209600" },
    }),
  );
  expect(await attributes(queue)).toMatchObject({
    QueueArn: queueArn(queue),
    VisibilityTimeout: "45",
    MessageRetentionPeriod: "1209600",
    DelaySeconds: "0",
    ReceiveMessageWaitTimeSeconds: "0",
    MaximumMessageSize: "1048576",
  });
});

test("refuses attributes out of range, unknown ones, FIFO, and a dead-letter queue that is not there", async () => {
  const refusal = (Attributes: Record<string, string>) =>
    createQueue(sqs.client, Attributes).catch((error: unknown) => error);
  expect(await refusal({ DelaySeconds: "901" })).toMatchObject({ name: "InvalidAttributeValue" });
  expect(await refusal({ Colour: "red" })).toMatchObject({ name: "InvalidAttributeName" });
  expect(await refusal({ FifoQueue: "true" })).toBeInstanceOf(Error);
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:nowhere",
    maxReceiveCount: 3,
  });
  expect(await refusal({ RedrivePolicy })).toBeInstanceOf(Error);
});

test("does not know a queue after it was deleted", async () => {
  const queue = await createQueue(sqs.client);
  await sqs.client.send(new DeleteQueueCommand({ QueueUrl: queue }));
  await expect(send(sqs.client, queue, "lost")).rejects.toMatchObject({
    name: "QueueDoesNotExist",
  });
});

test("brings a queue to the state of a changed template and keeps its messages", async ({
  skip,
}) => {
  const { client, embedded } = sqs;
  if (!embedded) return skip("needs the embedded engine's way from a template to a queue");
  const QueueName = `template-${randomUUID()}`;
  await embedded.engine.provideQueue({ QueueName, VisibilityTimeout: 90, DelaySeconds: 0 });
  const { QueueUrl = "" } = await client.send(new GetQueueUrlCommand({ QueueName }));
  await send(client, QueueUrl, "kept");
  await embedded.engine.provideQueue({
    QueueName,
    RedrivePolicy: { deadLetterTargetArn: queueArn(QueueUrl), maxReceiveCount: 10 },
    Tags: [{ Key: "team", Value: "hooks" }],
  });
  const changed = await attributes(QueueUrl);
  expect(changed?.VisibilityTimeout).toBe("30");
  expect(JSON.parse(changed?.RedrivePolicy ?? "{}")).toMatchObject({ maxReceiveCount: 10 });
  expect((await receiveOne(client, QueueUrl)).Body).toBe("kept");
});
