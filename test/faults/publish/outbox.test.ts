import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { operatorCredentials } from "../../support/service/engine-access.ts";
import { afterwards, insteadOf, throttledByDynamoDb } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { newTopic } from "../run/new-topic.ts";
import { postsTo } from "../run/posts.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = "", OutboxTable = "" } = run.operatorEnv;
const client = new DynamoDBClient({
  region: "us-east-1",
  endpoint,
  credentials: operatorCredentials(run.operatorEnv),
});
afterAll(() => client.destroy());
const TableName = "Orders";
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  }),
);

/** A webhook of its own, and an event for it. */
async function newEvent() {
  const { path, target, n } = await newTopic(run, receiver);
  return { path, event: { id: `event-${n}`, ...target, value: JSON.stringify({ n }) } };
}

/** Writes an order together with its event, as docs/outbox.md has it. */
async function order(id: string, event: object, ageMs = 0): Promise<void> {
  const time = new Date(Date.now() - ageMs).toISOString();
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Put: {
            TableName,
            Item: { id: { S: id } },
            ConditionExpression: "attribute_not_exists(id)",
          },
        },
        { Put: { TableName: OutboxTable, Item: marshall({ time, ...event }) } },
      ],
    }),
  );
}

async function rowOf(id: string) {
  const Key = { id: { S: id } };
  const { Item } = await client.send(
    new GetItemCommand({ TableName: OutboxTable, Key, ConsistentRead: true }),
  );
  return Item;
}

function sweep(): Promise<unknown> {
  return run.invoke("outbox", { source: "aws.events" });
}

test("an event that was written with an order is delivered as a signed POST, and its row goes", async () => {
  const { path, event } = await newEvent();
  await order("1", event);
  await eventually(() => postsTo(receiver, path).length === 1);
  const delivery = receiver.deliveries.find((each) => each.path === path);
  expect(delivery?.refusal).toBeUndefined();
  expect(JSON.parse(String(delivery?.body))).toMatchObject({ data: JSON.parse(event.value) });
  await eventually(async () => (await rowOf(event.id)) === undefined);
});

test("without the order there is no event", async () => {
  const [one, other] = [await newEvent(), await newEvent()];
  await order("2", one.event);
  await expect(order("2", other.event)).rejects.toThrow();
  await eventually(() => postsTo(receiver, one.path).length === 1);
  expect(await rowOf(other.event.id)).toBeUndefined();
  expect(postsTo(receiver, other.path)).toEqual([]);
});

const steps = ["GetItem", "Query", "BatchWriteItem", "SendMessageBatch", "DeleteItem"] as const;
const moments = { before: insteadOf, after: afterwards };

test.each(steps.flatMap((step) => [[step, "before"] as const, [step, "after"] as const]))(
  "killed at %s, %s it is done, the event comes under one id, and its row goes",
  async (action, moment) => {
    const { path, event } = await newEvent();
    using death = run.inject(
      { by: "outbox", action, times: 1 },
      moments[moment](() => run.kill("outbox")),
    );
    await order(event.id, event);
    await eventually(() => postsTo(receiver, path).length > 0);
    await eventually(async () => (await rowOf(event.id)) === undefined);
    await eventually(run.operator.isQuiet);
    expect(death.struck).toHaveLength(1);
    expect(new Set(postsTo(receiver, path)).size).toBe(1);
  },
);

test("what the stream has given up is found by the sweep, and a late bell publishes nothing again", async () => {
  const { path, event } = await newEvent();
  const before = lines("failed on 1 records");
  {
    using outage = run.inject(
      { by: "outbox", action: "GetItem", about: event.id },
      throttledByDynamoDb,
    );
    await order(event.id, event, 6 * 60_000);
    await eventually(() => lines("failed on 1 records") >= before + 4, { timeoutMs: 60_000 });
    expect(outage.struck.length).toBeGreaterThanOrEqual(4);
  }
  expect(await rowOf(event.id)).toBeDefined();
  await sweep();
  await eventually(() => postsTo(receiver, path).length === 1);
  await run.invoke("outbox", { Records: [{ dynamodb: { Keys: { id: { S: event.id } } } }] });
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toHaveLength(1);
  expect(await rowOf(event.id)).toBeUndefined();
});

test("a bad row stays with its reason and holds up no other", async () => {
  const { path, event } = await newEvent();
  await order("bad", { ...event, id: "bad", event: "?" });
  await order("good", event);
  await eventually(() => postsTo(receiver, path).length === 1);
  await eventually(async () => (await rowOf("bad"))?.hookcastReason !== undefined);
  expect((await rowOf("bad"))?.hookcastReason?.S).toMatch(/^INVALID_ARGUMENT_ERROR: .*event/);
  await sweep();
  const { Items = [] } = await client.send(new ScanCommand({ TableName: OutboxTable }));
  expect(Items.map(({ id }) => id?.S)).toEqual(["bad"]);
});

function lines(text: string): number {
  return run.lines.filter((line) => line.includes(text)).length;
}
