import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, receive, receiveOne, send, useSqs } from "./sqs.ts";

const sqs = useSqs();

async function elapsedMs(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return performance.now() - startedMs;
}

/** A long poll that is under way by the time that this resolves: a call that came after it has been answered. */
async function startPolling(QueueUrl: string, abortSignal?: AbortSignal) {
  const poll = sqs.client.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    abortSignal ? { abortSignal } : {},
  );
  poll.catch(() => {});
  expect(await receive(sqs.client, QueueUrl)).toEqual([]);
  return { answer: poll };
}

test("answers an empty long poll when its time is over", async () => {
  const queue = await createQueue(sqs.client, { ReceiveMessageWaitTimeSeconds: "1" });
  const waitedMs = await elapsedMs(async () =>
    expect(await receive(sqs.client, queue)).toEqual([]),
  );
  expect(waitedMs).toBeGreaterThan(950);
  expect(await elapsedMs(() => receive(sqs.client, queue, { WaitTimeSeconds: 0 }))).toBeLessThan(
    900,
  );
});

test("wakes a long poll the moment a message arrives", async () => {
  const queue = await createQueue(sqs.client);
  const poll = await startPolling(queue);
  const wokenMs = await elapsedMs(async () => {
    await send(sqs.client, queue, "hello");
    const { Messages } = await poll.answer;
    expect(Messages?.map(({ Body }) => Body)).toEqual(["hello"]);
  });
  expect(wokenMs).toBeLessThan(900);
});

test("wakes a long poll when a delay or a time-out ends, or a message is handed back", async () => {
  const queue = await createQueue(sqs.client);
  const delayed = await startPolling(queue);
  const wokenMs = await elapsedMs(async () => {
    await send(sqs.client, queue, "delayed", { DelaySeconds: 1 });
    expect((await delayed.answer).Messages).toHaveLength(1);
  });
  expect(wokenMs).toBeGreaterThan(950);
  expect(wokenMs).toBeLessThan(2500);

  await send(sqs.client, queue, "again");
  const { ReceiptHandle } = await receiveOne(sqs.client, queue);
  const handedBack = await startPolling(queue);
  await sqs.client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle, VisibilityTimeout: 0 }),
  );
  expect((await handedBack.answer).Messages).toHaveLength(1);
});

test("shares messages among the receivers that wait", async () => {
  const queue = await createQueue(sqs.client);
  const polls = await Promise.all([startPolling(queue), startPolling(queue), startPolling(queue)]);
  await Promise.all(["a", "b", "c"].map((body) => send(sqs.client, queue, body)));
  const answers = await Promise.all(polls.map(({ answer }) => answer));
  const bodies = answers.flatMap(({ Messages = [] }) => Messages.map(({ Body }) => Body));
  expect(bodies.toSorted()).toEqual(["a", "b", "c"]);
});

test("never hands a message to a receiver that has gone away", async () => {
  const queue = await createQueue(sqs.client);
  for (let n = 0; n < 30; n += 1) {
    const gone = new AbortController();
    const poll = await startPolling(queue, gone.signal);
    // The message is on its way while the receiver hangs up: both reach the engine at about the same time.
    const sent = n % 2 === 0 ? send(sqs.client, queue, `message ${n}`) : undefined;
    gone.abort();
    await (sent ?? send(sqs.client, queue, `message ${n}`));
    // An answer that overtook the abortion is no loss.
    const seen = await poll.answer.catch(() => undefined);
    if (seen?.Messages) continue;
    const message = await receiveOne(sqs.client, queue, { WaitTimeSeconds: 2 });
    expect(message.Body).toBe(`message ${n}`);
  }
});
