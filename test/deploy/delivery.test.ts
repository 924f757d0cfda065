import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, test } from "vitest";
import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import { dueShards, openDueStore } from "../../shared/store/waiting/waiting-jobs.ts";
import { clientConfig } from "../conformance/credentials.ts";
import { publish } from "../contract/publish/messages.ts";
import { openService } from "../contract/service.ts";
import { freshCache } from "../contract/webhooks/fresh-names.ts";
import { subscribe } from "../contract/webhooks.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, startReceiver } from "../support/network/receiver.ts";

const { root, operatorEnv = {} } = await openService();
const dayMs = 24 * 60 * 60 * 1000;

/** Publishes to a webhook whose receiver gives these answers, one after the other, and then a 200. */
async function publishTo(...answers: Answer[]) {
  const receiver = await startReceiver({ handler: () => answers.shift() ?? { status: 200 } });
  const topic = { cacheName: freshCache(), topicName: "paid" };
  const webhook = { cacheName: topic.cacheName, webhookName: "w" };
  const { path } = await subscribe(root, receiver, webhook, { topicName: topic.topicName });
  const messageId = await publish(root, topic, { json: { amount: 12 } });
  const arrived = (count: number, timeoutMs?: number) =>
    eventually(() => receiver.deliveries.length >= count && receiver.deliveries, {
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  return { path, messageId, arrived, [Symbol.asyncDispose]: receiver[Symbol.asyncDispose] };
}

test("a published message arrives as a signed POST", async () => {
  await using published = await publishTo();
  expect(await published.arrived(1)).toMatchObject([
    {
      messageId: published.messageId,
      path: published.path,
      refusal: undefined,
      headers: { "content-type": "application/json" },
    },
  ]);
});

test("what a receiver refuses comes again through the retry queue", async () => {
  await using published = await publishTo({ status: 500 });
  const { messageId } = published;
  const genuine = { messageId, refusal: undefined };
  expect(await published.arrived(2)).toMatchObject([genuine, genuine]);
});

test("what waits in the table is sent by the schedule once it is due", async () => {
  await using published = await publishTo({ status: 500, headers: { "retry-after": "3600" } });
  const { messageId } = published;
  await makeDue(messageId);
  const genuine = { messageId, refusal: undefined };
  expect(await published.arrived(2, 100_000)).toMatchObject([genuine, genuine]);
});

test.each([
  ["the stream", false],
  ["the schedule, as nobody rings for a row that is corrected", true],
])("a row of the outbox is brought by %s", async (_, isCorrected) => {
  await using receiver = await startReceiver();
  const topic = { cacheName: freshCache(), topicName: "paid" };
  const webhook = { cacheName: topic.cacheName, webhookName: "w" };
  await subscribe(root, receiver, webhook, { topicName: topic.topicName });
  const client = new DynamoDBClient(clientConfig(process.env.CONFORMANCE_DYNAMODB_URL ?? ""));
  const row = { TableName: operatorEnv.OutboxTable ?? "", Key: { id: { S: topic.cacheName } } };
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const reason = isCorrected ? { hookcastReason: "refused" } : {};
  const Item = { ...row.Key, ...marshall({ time, ...topic, value: '{"amount":12}', ...reason }) };
  await client.send(new PutItemCommand({ TableName: row.TableName, Item }));
  if (isCorrected) {
    const UpdateExpression = "REMOVE hookcastReason";
    await client.send(new UpdateItemCommand({ ...row, UpdateExpression }));
  }
  const delivery = await eventually(() => receiver.deliveries.at(0), { timeoutMs: 100_000 });
  expect(delivery.refusal).toBeUndefined();
  await eventually(async () => (await client.send(new GetItemCommand(row))).Item === undefined);
});

/** Moves a message's waiting attempt from its hour to this moment. */
async function makeDue(messageId: string): Promise<void> {
  const { DeliveriesTable = "", ...aws } = operatorEnv;
  Object.assign(process.env, aws, { DELIVERIES_TABLE: DeliveriesTable });
  const store = openDueStore();
  const nowMs = Date.now();
  const find = async () => {
    const shards = Array.from({ length: dueShards }, (_, shard) => store.due(shard, nowMs + dayMs));
    return (await Promise.all(shards))
      .flat()
      .find(({ job }) => job.message.messageId === messageId);
  };
  const waiting = await eventually(find);
  const due: DeliveryJob = { ...waiting.job, notBeforeMs: nowMs };
  await store.add(due, nowMs);
  await store.remove([waiting]);
}
