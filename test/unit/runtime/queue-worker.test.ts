import { expect, type Mock, test, vi } from "vitest";
import * as z from "zod/mini";
import { measure } from "../../../shared/runtime/logger.ts";
import {
  type DeadLetterQueue,
  type HandBack,
  type Item,
  queueWorker,
} from "../../../shared/runtime/queue-worker.ts";
import { context } from "../functions/http-event.ts";
import { catchOutput } from "../output.ts";
import { sentTimeMs, sqsEvent, sqsRecord } from "./sqs-event.ts";

const Job = z.object({ n: z.number() });
type Work = (items: readonly Item<z.infer<typeof Job>>[]) => Promise<PromiseSettledResult<void>[]>;

const succeed: Work = (items) => Promise.allSettled(items.map(async () => {}));

const output = catchOutput();

const noDeadLetters: DeadLetterQueue = { send: async () => {} };
const lateAlone = { soon: async () => {} };

function worker(work: Work, deadLetterQueue = noDeadLetters, handBack: HandBack = lateAlone) {
  return queueWorker(Job, work, () => ({ deadLetterQueue, handBack }));
}

function batchesOf(work: Mock<Work>) {
  return work.mock.calls.map(([items]) => items.map(({ job }) => job.n));
}

test("hands every parsed job over together with its receive count", async () => {
  const work = vi.fn(succeed);
  const event = sqsEvent(sqsRecord("a", { n: 1 }), sqsRecord("b", { n: 2 }, 2));
  expect(await worker(work)(event, context)).toEqual({ batchItemFailures: [] });
  expect(work.mock.calls[0]?.[0]).toEqual([
    { job: { n: 1 }, receiveCount: 1, sentTimeMs, body: '{"n":1}' },
    { job: { n: 2 }, receiveCount: 2, sentTimeMs, body: '{"n":2}' },
  ]);
});

test("runs what came back twice alone, when all others are done", async () => {
  const work = vi.fn(succeed);
  const event = sqsEvent(
    sqsRecord("a", { n: 1 }, 3),
    sqsRecord("b", { n: 2 }),
    sqsRecord("c", { n: 3 }, 9),
    sqsRecord("d", { n: 4 }, 2),
  );
  expect(await worker(work)(event, context)).toEqual({ batchItemFailures: [] });
  expect(batchesOf(work)).toEqual([[2, 4], [1], [3]]);
});

test("hands back what has no time left to run alone, but runs the first of a batch", async () => {
  const work = vi.fn(succeed);
  let leftMs = 60_000;
  const late = { ...context, getRemainingTimeInMillis: () => (leftMs -= 20_000) };
  const event = sqsEvent(sqsRecord("a", { n: 1 }, 3), sqsRecord("b", { n: 2 }, 3));
  const batchItemFailures = [{ itemIdentifier: "b" }];
  expect(await worker(work)(event, late)).toEqual({ batchItemFailures });
  expect(batchesOf(work)).toEqual([[1]]);
});

test("lets what is handed back come back soon", async () => {
  const soon = vi.fn(async () => {});
  const fail: Work = (items) => Promise.allSettled(items.map(() => Promise.reject(new Error("x"))));
  const event = sqsEvent(sqsRecord("a", { n: 1 }), sqsRecord("b", { n: 2 }, 3));
  await worker(fail, noDeadLetters, { soon })(event, context);
  const { eventSourceARN: queueArn } = sqsRecord("a", "");
  expect(soon.mock.calls).toEqual([
    [
      [
        { queueArn, receiptHandle: "a-handle", receiveCount: 1 },
        { queueArn, receiptHandle: "b-handle", receiveCount: 3 },
      ],
    ],
  ]);
});

test("asks the queue for nothing where nothing is handed back", async () => {
  const soon = vi.fn(async () => {});
  await worker(succeed, noDeadLetters, { soon })(sqsEvent(sqsRecord("a", { n: 1 })), context);
  expect(soon).not.toHaveBeenCalled();
});

test("writes what a batch measured as one line at its end, also when the work fails as a whole", async () => {
  vi.stubEnv("METRICS_STACK", "Test");
  const work = async () => {
    measure("Delivered", 1);
    throw new Error("died");
  };
  await worker(work)(sqsEvent(sqsRecord("a", { n: 1 })), context);
  expect(output.text.match(/"Delivered":\[1\]/g)).toHaveLength(1);
  vi.unstubAllEnvs();
});

test("sends poison to the dead-letter queue as it came, and leaves the others unharmed", async () => {
  const deadLetters: string[] = [];
  const work = vi.fn(succeed);
  const send = async (body: string) => void deadLetters.push(body);
  const event = sqsEvent(
    sqsRecord("a", "{not json"),
    sqsRecord("b", { n: 2 }),
    sqsRecord("c", { n: "three" }),
    sqsRecord("d", "null"),
  );
  expect(await worker(work, { send })(event, context)).toEqual({ batchItemFailures: [] });
  expect(deadLetters).toEqual(["{not json", '{"n":"three"}', "null"]);
  expect(work.mock.calls[0]?.[0]).toMatchObject([{ job: { n: 2 } }]);
  expect(work.mock.calls[0]?.[0]).toHaveLength(1);
  expect(output.text).not.toContain("three");
});

test("does no work where all is poison", async () => {
  const work = vi.fn(succeed);
  await worker(work)(sqsEvent(sqsRecord("a", "")), context);
  expect(work).not.toHaveBeenCalled();
});

test("hands back poison that the dead-letter queue refuses", async () => {
  const send = () => Promise.reject(new Error("the queue is down"));
  const event = sqsEvent(sqsRecord("a", "poison"), sqsRecord("b", { n: 1 }));
  expect(await worker(succeed, { send })(event, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }],
  });
});

test("hands back alone the item that failed, and logs why", async () => {
  const work: Work = (items) =>
    Promise.allSettled(
      items.map(async ({ job }) => {
        if (job.n === 2) throw new Error("two is odd");
      }),
    );
  const event = sqsEvent(
    sqsRecord("a", "poison"),
    sqsRecord("b", { n: 1 }),
    sqsRecord("c", { n: 2 }),
    sqsRecord("d", { n: 3 }),
  );
  expect(await worker(work)(event, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: "c" }],
  });
  expect(output.text).toContain("two is odd");
});

test("hands back an item that was answered with nothing", async () => {
  const event = sqsEvent(sqsRecord("a", { n: 1 }));
  expect(await worker(async () => [])(event, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }],
  });
});

test("hands back every item, but no dead-lettered poison, when the batch as a whole failed", async () => {
  const work = () => Promise.reject(new Error("the table is down"));
  const event = sqsEvent(
    sqsRecord("a", { n: 1 }),
    sqsRecord("b", "poison"),
    sqsRecord("c", { n: 3 }),
  );
  expect(await worker(work)(event, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "c" }],
  });
  expect(output.text).toContain("the table is down");
});

test("opens its dependencies once", async () => {
  const open = vi.fn(() => ({ deadLetterQueue: noDeadLetters, handBack: lateAlone }));
  const handler = queueWorker(Job, succeed, open);
  await handler(sqsEvent(sqsRecord("a", { n: 1 })), context);
  await handler(sqsEvent(sqsRecord("b", { n: 2 })), context);
  expect(open).toHaveBeenCalledOnce();
});

test("the line about a job that is handed back tells what the worker says of it", async () => {
  const fail: Work = (items) => Promise.allSettled(items.map(() => Promise.reject(new Error("x"))));
  const named = queueWorker(
    Job,
    fail,
    () => ({ deadLetterQueue: noDeadLetters, handBack: lateAlone }),
    ({ n }) => ({ traceId: `trace-${n}` }),
  );
  await named(sqsEvent(sqsRecord("poison", "{"), sqsRecord("a", { n: 1 })), context);
  const lines = output.text.trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    event: "queue.handed-back",
    messageId: "a",
    traceId: "trace-1",
  });
});
