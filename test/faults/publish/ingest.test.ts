import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import {
  afterwards,
  insteadOf,
  refusing,
  throttledByDynamoDb,
  throttledBySqs,
} from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { newTopic } from "../run/new-topic.ts";
import { postsTo } from "../run/posts.ts";

const run = await startFaultyRun({ visibilitySeconds: 30 });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

/** A webhook of its own, and a body for it. */
async function newEntry() {
  const { path, target, n } = await newTopic(run, receiver);
  return { path, entry: { ...target, value: { n } } };
}

function send(body: unknown): Promise<void> {
  return run.operator.send("QueuesIngestQueue", JSON.stringify(body));
}

/** How many bodies have come back so far. */
function handedBack(): number {
  return run.lines.filter((line) => line.includes("queue.handed-back")).length;
}

test("a body in the queue is delivered as a signed POST", async () => {
  const { path, entry } = await newEntry();
  await send(entry);
  await eventually(() => postsTo(receiver, path).length === 1);
  const delivery = receiver.deliveries.find((each) => each.path === path);
  expect(delivery?.refusal).toBeUndefined();
  expect(JSON.parse(String(delivery?.body))).toMatchObject({ data: entry.value });
});

test("killed once the delivery queue has taken the message, before it is deleted: it comes again under the same id", async () => {
  const { path, entry } = await newEntry();
  using death = run.inject(
    { by: "ingest", action: "SendMessageBatch", about: entry.topicName, times: 1 },
    afterwards(() => run.kill("ingest")),
  );
  await send(entry);
  await eventually(() => postsTo(receiver, path).length === 2);
  await eventually(run.operator.isQuiet);
  expect(death.struck).toHaveLength(1);
  const [first, ...others] = postsTo(receiver, path);
  expect(others).toEqual([first]);
});

test("not deleted after it was accepted: it comes again under the same id", async () => {
  const { path, entry } = await newEntry();
  using death = run.inject(
    { by: "ingest", action: "DeleteMessageBatch", times: 1 },
    insteadOf(() => run.kill("ingest")),
  );
  await send(entry);
  await eventually(() => postsTo(receiver, path).length === 2);
  await eventually(run.operator.isQuiet);
  expect(death.struck).toHaveLength(1);
  expect(new Set(postsTo(receiver, path)).size).toBe(1);
});

test("with an idempotency key a body that was accepted and not deleted is posted once", async () => {
  const { path, entry } = await newEntry();
  using death = run.inject(
    { by: "ingest", action: "DeleteMessageBatch", times: 1 },
    insteadOf(() => run.kill("ingest")),
  );
  await send({ ...entry, idempotencyKey: "k" });
  await eventually(() => death.struck.length === 1 && run.operator.isQuiet());
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test.each([
  ["DynamoDB throttles", "BatchWriteItem", throttledByDynamoDb],
  ["SQS throttles", "SendMessageBatch", throttledBySqs],
  ["SQS refuses entries", "SendMessageBatch", refusing(() => true)],
] as const)(
  "while %s, a body stays in its queue, and is delivered once that is over",
  async (_case, action, fault) => {
    const { path, entry } = await newEntry();
    const before = handedBack();
    {
      using outage = run.inject({ by: "ingest", action, about: entry.topicName }, fault);
      await send(entry);
      await eventually(() => outage.answered.length > 0);
      await eventually(() => handedBack() > before);
      expect(await run.operator.peek("QueuesIngestDeadLetters")).toEqual([]);
    }
    await eventually(() => postsTo(receiver, path).length > 0, { timeoutMs: 60_000 });
    expect(new Set(postsTo(receiver, path)).size).toBe(1);
  },
);

test("a bad entry goes to the dead-letter queue and the others are delivered; while that is down, it stays", async () => {
  const { path, entry } = await newEntry();
  const bad = { ...entry, event: "?" };
  using outage = run.inject(
    { by: "ingest", action: "SendMessageBatch", about: "IngestDeadLetters", times: 5 },
    throttledBySqs,
  );
  await send([entry, bad]);
  await eventually(async () => (await run.operator.peek("QueuesIngestDeadLetters")).length > 0, {
    timeoutMs: 60_000,
  });
  expect(outage.struck.length).toBeGreaterThan(0);
  await eventually(run.operator.isQuiet);
  expect(await run.operator.peek("QueuesIngestDeadLetters")).toEqual([JSON.stringify(bad)]);
  expect(new Set(postsTo(receiver, path)).size).toBe(1);
});
