import {
  CancelMessageMoveTaskCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { createQueue, queueArn, receive, receiveOne, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function createPair(maxReceiveCount: number) {
  const dead = await createQueue(sqs.client);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(dead), maxReceiveCount });
  return { dead, queue: await createQueue(sqs.client, { RedrivePolicy }) };
}

/** Receives messages once and gives them up, so that the next receive sends them on. */
async function letDie(queue: string, bodies: string[]) {
  for (const body of bodies) await send(sqs.client, queue, body);
  const most = { MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  await eventually(async () => (await receive(sqs.client, queue, most)).length === 0);
}

async function latestTask(sourceArn: string) {
  const { Results } = await sqs.client.send(
    new ListMessageMoveTasksCommand({ SourceArn: sourceArn }),
  );
  return Results?.[0];
}

test("sends a message to the dead-letter queue after the last receipt that is allowed", async () => {
  const { dead, queue } = await createPair(2);
  const sent = await send(sqs.client, queue, "poison", {
    MessageAttributes: { kept: { DataType: "String", StringValue: "yes" } },
  });
  for (const count of ["1", "2"]) {
    const message = await receiveOne(sqs.client, queue, { VisibilityTimeout: 0 });
    expect(message.Attributes?.ApproximateReceiveCount).toBe(count);
  }
  expect(await receive(sqs.client, queue)).toEqual([]);
  const message = await receiveOne(sqs.client, dead);
  expect(message).toMatchObject({ MessageId: sent.MessageId, Body: "poison" });
  expect(message.MessageAttributes?.kept?.StringValue).toBe("yes");
  expect(message.Attributes?.DeadLetterQueueSourceArn).toBe(queueArn(queue));
});

test("wakes a receiver that waits at the dead-letter queue", async () => {
  const { dead, queue } = await createPair(1);
  const waiting = receiveOne(sqs.client, dead);
  await letDie(queue, ["poison"]);
  expect((await waiting).Body).toBe("poison");
});

test("names the queues that a dead-letter queue serves", async () => {
  const { dead, queue } = await createPair(1);
  const { queueUrls } = await sqs.client.send(
    new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }),
  );
  expect(queueUrls).toEqual([queue]);
});

test("moves dead letters back to where they came from as new messages", async () => {
  const { dead, queue } = await createPair(1);
  const bodies = ["a", "b", "c", "d", "e"];
  await letDie(queue, bodies);
  const SourceArn = queueArn(dead);
  await sqs.client.send(new StartMessageMoveTaskCommand({ SourceArn }));
  await eventually(async () => (await latestTask(SourceArn))?.Status === "COMPLETED");
  expect(await latestTask(SourceArn)).toMatchObject({ ApproximateNumberOfMessagesMoved: 5 });
  const back = await receive(sqs.client, queue, { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
  expect(back.map(({ Body }) => Body).toSorted()).toEqual(bodies);
  for (const { Attributes } of back) expect(Attributes?.ApproximateReceiveCount).toBe("1");
});

test("moves dead letters slowly when asked, one task at a time, and stops when cancelled", async () => {
  const { dead, queue } = await createPair(1);
  const elsewhere = await createQueue(sqs.client);
  // To move all of them takes longer than a test may.
  await letDie(queue, Array(60).fill("slow"));
  const SourceArn = queueArn(dead);
  const start = () =>
    sqs.client.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn: queueArn(elsewhere),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
  const { TaskHandle } = await start();
  expect((await receiveOne(sqs.client, elsewhere)).Body).toBe("slow");
  await expect(start()).rejects.toMatchObject({ name: "UnsupportedOperation" });
  await sqs.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  await eventually(async () => (await latestTask(SourceArn))?.Status === "CANCELLED");
  const left = await receive(sqs.client, dead, { MaxNumberOfMessages: 10 });
  expect(left.length).toBeGreaterThan(0);
});

test("refuses to move messages out of a queue that is nobody's dead-letter queue", async () => {
  const queue = await createQueue(sqs.client);
  await expect(
    sqs.client.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn(queue) })),
  ).rejects.toThrow(/Dead Letter Queue/);
});
