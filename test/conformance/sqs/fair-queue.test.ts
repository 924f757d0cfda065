import { DeleteMessageCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createQueue, receive, receiveOne, send, useSqs } from "./client.ts";

const sqs = useSqs();

async function sendMany(QueueUrl: string, count: number, MessageGroupId: string) {
  for (let sent = 0; sent < count; sent += 10) {
    const Entries = Array.from({ length: Math.min(10, count - sent) }, (_, n) => ({
      Id: String(n),
      MessageBody: MessageGroupId,
      MessageGroupId,
    }));
    await sqs.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

test("lets a group with many in flight not starve the others", async () => {
  const queue = await createQueue(sqs.client);
  await sendMany(queue, 300, "noisy");
  // A group is noisy with more than a tenth of the messages in flight, and at least 30.
  for (let n = 0; n < 4; n += 1) await receive(sqs.client, queue, { MaxNumberOfMessages: 10 });
  for (const group of ["quiet 1", "quiet 2", "quiet 3"]) {
    await send(sqs.client, queue, group, { MessageGroupId: group.replace(" ", "-") });
  }
  const next = await receive(sqs.client, queue, { MaxNumberOfMessages: 10 });
  const bodies = next.map(({ Body }) => Body);
  for (const group of ["quiet 1", "quiet 2", "quiet 3"]) expect(bodies).toContain(group);
});

test("gives a group its turn back when its messages are done", async () => {
  const queue = await createQueue(sqs.client);
  await sendMany(queue, 2, "first");
  await sendMany(queue, 2, "second");
  const one = await receiveOne(sqs.client, queue);
  expect(one.Body).toBe("first");
  const { ReceiptHandle } = one;
  await sqs.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
  expect((await receiveOne(sqs.client, queue)).Body).toBe("first");
});

test("keeps messages without a group in the order of their arrival", async () => {
  const queue = await createQueue(sqs.client);
  const bodies = Array.from({ length: 10 }, (_, n) => String(n));
  for (const body of bodies) await send(sqs.client, queue, body);
  const received = await receive(sqs.client, queue, { MaxNumberOfMessages: 10 });
  expect(received.map(({ Body }) => Body)).toEqual(bodies);
});

test("hands out every message once, whatever the groups and however it is received", async () => {
  const group = fc.constantFrom(undefined, "a", "b", "c");
  const plan = fc.record({
    groups: fc.array(group, { minLength: 1, maxLength: 25 }),
    sizes: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ groups, sizes }) => {
      const queue = await createQueue(sqs.client);
      await Promise.all(
        groups.map((MessageGroupId, n) => send(sqs.client, queue, String(n), { MessageGroupId })),
      );
      const seen: string[] = [];
      for (let turn = 0; ; turn += 1) {
        const MaxNumberOfMessages = sizes[turn % sizes.length];
        const messages = await receive(sqs.client, queue, { MaxNumberOfMessages });
        if (messages.length === 0) break;
        seen.push(...messages.map(({ Body = "" }) => Body));
      }
      expect(seen.toSorted()).toEqual(groups.map((_, n) => String(n)).toSorted());
    }),
    { numRuns: 20 },
  );
});
