import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, receive, receiveOne, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function changeVisibility(
  QueueUrl: string,
  ReceiptHandle: string | undefined,
  seconds: number,
) {
  await sqs.client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }),
  );
}

test("hides a received message and shows it again when the time-out ends", async () => {
  const queue = await createQueue(sqs.client, { VisibilityTimeout: "1" });
  await send(sqs.client, queue, "hidden");
  const receivedMs = performance.now();
  const first = await receiveOne(sqs.client, queue);
  const second = await receiveOne(sqs.client, queue);
  expect(performance.now() - receivedMs).toBeGreaterThan(950);
  expect(second.MessageId).toBe(first.MessageId);
  expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
  expect(second.Attributes?.ApproximateReceiveCount).toBe("2");
  expect(second.Attributes?.ApproximateFirstReceiveTimestamp).toBe(
    first.Attributes?.ApproximateFirstReceiveTimestamp,
  );
});

test("shows a message at once when its time-out is set to 0", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "back");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue);
  await changeVisibility(queue, ReceiptHandle, 0);
  expect((await receiveOne(sqs.client, queue)).Attributes?.ApproximateReceiveCount).toBe("2");
});

test("counts a changed time-out from now", async ({ skip }) => {
  const { embedded } = sqs;
  if (!embedded) return skip("needs the embedded engine's clock");
  const queue = await createQueue(sqs.client, { VisibilityTimeout: "30" });
  await send(sqs.client, queue, "prolonged");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue);
  embedded.clock.advanceSeconds(20);
  await changeVisibility(queue, ReceiptHandle, 60);
  embedded.clock.advanceSeconds(55);
  expect(await receive(sqs.client, queue)).toEqual([]);
  embedded.clock.advanceSeconds(5);
  expect(await receive(sqs.client, queue)).toHaveLength(1);
});

test("keeps a message that somebody else has received when a stale receipt deletes it", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "mine");
  const stale = await receiveOne(sqs.client, queue, { VisibilityTimeout: 0 });
  const current = await receiveOne(sqs.client, queue);
  await sqs.client.send(
    new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: stale.ReceiptHandle }),
  );
  await changeVisibility(queue, current.ReceiptHandle, 0);
  expect((await receiveOne(sqs.client, queue)).Body).toBe("mine");
});

test("deletes a message whose time-out has ended as long as nobody else received it", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "slow");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue, { VisibilityTimeout: 0 });
  await sqs.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  // Were it not deleted, it would be visible already.
  expect(await receive(sqs.client, queue)).toEqual([]);
});

test("refuses to change the time-out of a message that is not in flight or under no known receipt", async () => {
  const queue = await createQueue(sqs.client);
  await send(sqs.client, queue, "visible");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue);
  await changeVisibility(queue, ReceiptHandle, 0);
  await expect(changeVisibility(queue, ReceiptHandle, 10)).rejects.toMatchObject({
    name: "MessageNotInflight",
  });
  await expect(changeVisibility(queue, "nonsense", 10)).rejects.toMatchObject({
    name: "ReceiptHandleIsInvalid",
  });
  await expect(changeVisibility(queue, ReceiptHandle, 43_201)).rejects.toThrow();
});

test("counts what is ready, in flight and delayed", async () => {
  const queue = await createQueue(sqs.client);
  for (const body of ["a", "b", "c"]) await send(sqs.client, queue, body);
  await send(sqs.client, queue, "d", { DelaySeconds: 900 });
  await receiveOne(sqs.client, queue);
  const { Attributes } = await sqs.client.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ["All"] }),
  );
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: "2",
    ApproximateNumberOfMessagesNotVisible: "1",
    ApproximateNumberOfMessagesDelayed: "1",
  });
});

test("a clock that is set back holds neither a delayed message nor one that was received", async ({
  skip,
}) => {
  if (!sqs.embedded) return skip("needs the embedded engine's clock");
  const queue = await createQueue(sqs.client, { VisibilityTimeout: "1" });
  await send(sqs.client, queue, "received");
  await receiveOne(sqs.client, queue);
  await send(sqs.client, queue, "delayed", { DelaySeconds: 1 });
  sqs.embedded.clock.advanceSeconds(-3_600);
  const bodies = [await receiveOne(sqs.client, queue), await receiveOne(sqs.client, queue)];
  expect(bodies.map(({ Body }) => Body).toSorted()).toEqual(["delayed", "received"]);
});
