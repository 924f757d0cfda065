import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { openWorkplace, type Workplace } from "../bench/load/workplace.ts";
import { editedAssembly, type Resources } from "../support/service/edited-assembly.ts";

let place: Workplace;

beforeAll(async () => {
  place = await openWorkplace(await editedAssembly(pause, afterAll));
  // What an environment does once is done with its first batch.
  await place.publish(1);
  await place.publishBatch(1);
  await place.ingest({ count: 1, sent: "by ten", fill: 1, to: "one" });
  await place.deliver("Delivery", 3);
});

afterAll(() => place?.[Symbol.asyncDispose]());

test("makes three AWS calls for a publish: the message, the subscribers, the queue", async () => {
  const work = await place.publish(1);
  await place.deliver("Delivery", 1);

  expect(work).toMatchObject({ calls: 3, writeUnits: 1, readUnits: 1, sqsRequests: 1 });
});

test("makes no more of them by the publish URL, which remembers the key", async () => {
  await place.publishByUrl(1);
  const { calls, writeUnits, readUnits, sqsRequests } = await place.publishByUrl(1);
  await place.deliver("Delivery", 2);
  await place.publishBatchByUrl(10);
  await place.deliver("Delivery", 10);
  const batch = await place.publishBatchByUrl(10);
  await place.deliver("Delivery", 10);

  expect({ calls, writeUnits, readUnits, sqsRequests }).toEqual({
    ...{ calls: 3, writeUnits: 1, readUnits: 1, sqsRequests: 1 },
  });
  expect(batch).toMatchObject({ calls: 3, sqsRequests: 1 });
});

test("makes no more of them for a batch of ten messages", async () => {
  const { calls, sqsRequests } = await place.publishBatch(10);
  await place.deliver("Delivery", 10);

  expect({ calls, sqsRequests }).toEqual({ calls: 3, sqsRequests: 1 });
});

test.each([
  { to: "one", calls: 5, readUnits: 1 },
  { to: "each its own", calls: 32, readUnits: 10 },
] as const)(
  "makes $calls of them for ten bodies of the queue to $to topic, sent by one",
  async ({ to, calls, readUnits }) => {
    const { accepted, sent } = await place.ingest({ count: 10, sent: "by ten", fill: 10, to });
    await place.deliver("Delivery", 10);

    expect(sent).toMatchObject({ calls: 1, sqsRequests: 1 });
    // Receive and delete, and for each topic the subscribers, the messages and the queue.
    expect(accepted).toMatchObject({ calls, writeUnits: 10, readUnits });
  },
);

test("makes a call to send each body by itself, and no more to accept ten at a time", async () => {
  const job = { count: 10, sent: "one by one", fill: 10, to: "one" } as const;
  const { accepted, sent } = await place.ingest(job);
  await place.deliver("Delivery", 10);

  expect(sent).toMatchObject({ calls: 10, sqsRequests: 10 });
  expect(accepted.calls).toBe(5);
});

test.each([1, 10])(
  "makes four AWS calls for a batch of %i deliveries, and one for each webhook to count",
  async (fill) => {
    await place.publish(fill);
    const work = await place.deliver("Delivery", fill);

    // Receive, read, write and delete; a webhook and its health are read, a row and a count are written.
    const [calls, units] = [4 + fill, 2 * fill];
    expect(work).toMatchObject({ calls, writeUnits: units, readUnits: units, sqsRequests: 2 });
  },
);

test("makes four AWS calls more for a batch that fails, and eight to make a delivery again", async () => {
  await place.publish(10);
  const failed = await place.whileFailing(() => place.deliver("Delivery", 10));
  // Of ten webhooks, each of which is counted; that they are not ok any more is one write for all.
  expect(failed.calls).toBe(18);

  expect((await place.deliver("Retry", 1)).calls).toBe(8);
});

test("makes three AWS calls for a publish to ten webhooks with filters, too", async () => {
  expect(await place.publishFiltered(10)).toMatchObject({ calls: 3, sqsRequests: 1 });
});

const Mapping = z.looseObject({ Enabled: z.optional(z.boolean()) });
const LambdaFunction = z.looseObject({
  Environment: z.optional(z.looseObject({ Variables: z.record(z.string(), z.unknown()) })),
});

/** No queue is worked off by itself, and what failed is made again after a second. */
function pause(resources: Resources): void {
  for (const resource of Object.values(resources)) {
    if (resource.Type === "AWS::Lambda::EventSourceMapping") {
      resource.Properties = { ...Mapping.parse(resource.Properties), Enabled: false };
    }
    if (resource.Type === "AWS::Lambda::Function") {
      const fn = LambdaFunction.parse(resource.Properties);
      const variables = fn.Environment?.Variables ?? {};
      if ("RETRY_SCHEDULE_SECONDS" in variables) variables.RETRY_SCHEDULE_SECONDS = "1";
      resource.Properties = fn;
    }
  }
}
