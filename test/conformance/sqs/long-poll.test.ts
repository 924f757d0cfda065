import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { createQueue, receive, receiveOne, send, useSqs } from "./client.ts";

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

/** A poll of 20 s that nothing wakes: while it lasts, later ones have not waited for their time either. */
async function startEmptyPoll() {
  const hangUp = new AbortController();
  const poll = await startPolling(await createQueue(sqs.client), hangUp.signal);
  let isOver = false;
  const end = poll.answer
    .catch(() => {})
    .finally(() => {
      isOver = true;
    });
  return {
    isOver: () => isOver,
    async [Symbol.asyncDispose]() {
      hangUp.abort();
      await end;
    },
  };
}

test("answers an empty long poll when its time is over", async () => {
  const queue = await createQueue(sqs.client, { ReceiveMessageWaitTimeSeconds: "1" });
  const waitedMs = await elapsedMs(async () =>
    expect(await receive(sqs.client, queue)).toEqual([]),
  );
  expect(waitedMs).toBeGreaterThan(950);
});

test("lets a receiver that will not wait go at once, whatever the queue's own time is", async () => {
  const queue = await createQueue(sqs.client, { ReceiveMessageWaitTimeSeconds: "20" });
  await using patient = await startEmptyPoll();
  expect(await receive(sqs.client, queue, { WaitTimeSeconds: 0 })).toEqual([]);
  expect(patient.isOver()).toBe(false);
});

test("wakes a long poll the moment a message arrives", async () => {
  const queue = await createQueue(sqs.client);
  await using older = await startEmptyPoll();
  const poll = await startPolling(queue);
  await send(sqs.client, queue, "hello");
  const { Messages } = await poll.answer;
  expect(Messages?.map(({ Body }) => Body)).toEqual(["hello"]);
  expect(older.isOver()).toBe(false);
});

test("wakes a long poll when a delay or a time-out ends, or a message is handed back", async () => {
  const queue = await createQueue(sqs.client);
  await using older = await startEmptyPoll();
  const delayed = await startPolling(queue);
  const wokenMs = await elapsedMs(async () => {
    await send(sqs.client, queue, "delayed", { DelaySeconds: 1 });
    expect((await delayed.answer).Messages).toHaveLength(1);
  });
  expect(wokenMs).toBeGreaterThan(950);
  expect(older.isOver()).toBe(false);

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
    const message = await receiveOne(sqs.client, queue);
    expect(message.Body).toBe(`message ${n}`);
  }
});
