import { expect, onTestFinished, test } from "vitest";
import { succeeded } from "../../../local/lambda/batch-response.ts";
import { createPoller, type Poller } from "../../../local/lambda/event-source.ts";
import type { Invoke } from "../../../local/lambda/functions.ts";
import { scaleToMachine } from "../../../local/lambda/local-concurrency.ts";
import type { Message, QueueClient } from "../../../local/lambda/queue-client.ts";
import type { EventSource } from "../../../local/template/event-sources.ts";
import { eventually } from "../../support/eventually.ts";

const source: EventSource = {
  logicalId: "Mapping",
  queueArn: "arn:aws:sqs:us-east-1:000000000000:Queue",
  functionName: "Fn",
  batchSize: 10,
  batchingWindowSeconds: 0,
  maximumConcurrency: 2,
  reportsItemFailures: true,
};

function message(id: string): Message {
  return {
    MessageId: id,
    ReceiptHandle: `receipt ${id}`,
    Body: `body ${id}`,
    MD5OfBody: "md5",
    Attributes: { ApproximateReceiveCount: "1" },
    MessageAttributes: { a: { DataType: "String", StringValue: "v" } },
  };
}

/** A queue that hands out these batches, then keeps its callers waiting. */
function queueOf(batches: Message[][]) {
  const deleted: string[] = [];
  const queue: QueueClient = {
    check: async () => undefined,
    receive: async (_, __, signal) => {
      const batch = batches.shift();
      if (batch) return batch;
      return await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
    delete: async (messages) => {
      deleted.push(...messages.map(({ MessageId }) => MessageId));
    },
  };
  return { queue, deleted };
}

function poll(
  queue: QueueClient,
  invoke: Invoke,
  changes: Partial<EventSource> = {},
  ready: () => Promise<void> = async () => undefined,
): Poller {
  const log = () => undefined;
  const functions = { invoke, ready };
  const poller = createPoller({ source: { ...source, ...changes }, queue, functions, log });
  poller.start();
  onTestFinished(() => poller.stop());
  return poller;
}

test("invokes with the records of SQS and deletes what was handled", async () => {
  const events: unknown[] = [];
  const { queue, deleted } = queueOf([[message("a"), message("b")]]);
  poll(queue, async (_, event) => {
    events.push(event);
    return { batchItemFailures: [{ itemIdentifier: "a" }] };
  });
  await eventually(() => deleted.length === 1);
  expect(deleted).toEqual(["b"]);
  expect(events).toEqual([
    { Records: [expect.objectContaining({ messageId: "a" }), expect.anything()] },
  ]);
  expect(events[0]).toMatchObject({
    Records: [
      {
        receiptHandle: "receipt a",
        body: "body a",
        attributes: { ApproximateReceiveCount: "1" },
        messageAttributes: { a: { dataType: "String", stringValue: "v" } },
        md5OfBody: "md5",
        eventSource: "aws:sqs",
        eventSourceARN: source.queueArn,
        awsRegion: "us-east-1",
      },
      {},
    ],
  });
});

test("deletes nothing when the function fails, and goes on", async () => {
  const { queue, deleted } = queueOf([[message("a")], [message("b")]]);
  let calls = 0;
  poll(queue, async () => {
    calls += 1;
    if (calls === 1) throw new Error("no");
  });
  await eventually(() => deleted.length > 0);
  expect(deleted).toEqual(["b"]);
});

test("takes no more from the queue than may run at a time", async () => {
  const batches = ["a", "b", "c"].map((id) => [message(id)]);
  const { queue } = queueOf(batches);
  const open: (() => void)[] = [];
  const poller = poll(queue, () => new Promise<void>((resolve) => open.push(resolve)));
  await eventually(() => open.length === 2);
  expect(batches).toHaveLength(1);
  open[0]?.();
  await eventually(() => open.length === 3);
  for (const finish of open) finish();
  await poller.stop();
});

test("leaves messages in the queue while a batch waits for an environment", async () => {
  const batches = [[message("a")], [message("b")]];
  const { queue, deleted } = queueOf(batches);
  const environment = Promise.withResolvers<void>();
  let isWaiting = false;
  const invoke: Invoke = async () => {
    isWaiting = true;
    await environment.promise;
  };
  poll(queue, invoke, {}, async () => (isWaiting ? await environment.promise : undefined));
  await eventually(() => isWaiting);
  expect(batches).toHaveLength(1);
  environment.resolve();
  await eventually(() => deleted.length === 2);
});

test("gathers for as long as the batching window is open", async () => {
  const { queue, deleted } = queueOf([[message("a")], [message("b"), message("c")]]);
  const sizes: number[] = [];
  const count: Invoke = async (_, event) => {
    // What `sqsEvent` makes.
    sizes.push((event as { Records: unknown[] }).Records.length);
  };
  poll(queue, count, { batchSize: 3, batchingWindowSeconds: 5 });
  await eventually(() => deleted.length === 3);
  expect(sizes).toEqual([3]);
});

const batch = [{ MessageId: "a" }, { MessageId: "b" }];

test.each<[string, unknown, string[]]>([
  ["no answer", null, ["a", "b"]],
  ["no list", {}, ["a", "b"]],
  ["an empty list", { batchItemFailures: [] }, ["a", "b"]],
  ["a null list", { batchItemFailures: null }, ["a", "b"]],
  ["one id", { batchItemFailures: [{ itemIdentifier: "a" }] }, ["b"]],
  [
    "one id twice",
    { batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "a" }] },
    ["b"],
  ],
  ["an unknown id", { batchItemFailures: [{ itemIdentifier: "x" }] }, []],
  ["an empty id", { batchItemFailures: [{ itemIdentifier: "" }] }, []],
  ["another shape", { batchItemFailures: ["a"] }, []],
  ["a text", "done", []],
])("reads %s as Lambda does", (_, answer, handled) => {
  expect(succeeded(batch, answer).map(({ MessageId }) => MessageId)).toEqual(handled);
});

test("shares out the threads of a machine in proportion", () => {
  const scaled = scaleToMachine([
    { ...source, maximumConcurrency: 100 },
    { ...source, maximumConcurrency: 20 },
    { ...source, functionName: "Other", maximumConcurrency: 5 },
  ]);
  expect(scaled.map(({ maximumConcurrency }) => maximumConcurrency)).toEqual([13, 2, 5]);
});
