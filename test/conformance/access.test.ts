import { join } from "node:path";
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Condition } from "../../local/aws/condition.ts";
import type { Authorize } from "../../local/aws/permission.ts";
import { isAllowed, type Policies } from "../../local/aws/policy.ts";
import type { CallRecord } from "../../local/aws/server.ts";
import { type DynamoDb, startDynamoDb } from "../../local/dynamodb/start.ts";
import { startKms } from "../../local/kms/start.ts";
import { type Sqs, startSqs } from "../../local/sqs/start.ts";
import { openToAll } from "../support/service/engine-access.ts";
import { clientConfig } from "./credentials.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

const tableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/webhooks";
let policies: Policies = {};
let calls: CallRecord[] = [];
let folder: TemporaryFolder;
let dynamodb: DynamoDb;
let sqs: Sqs;
let kms: Awaited<ReturnType<typeof startKms>>;

const options = {
  ...openToAll,
  authorize: (({ accessKeyId, action, resource, context }) =>
    isAllowed(policies[accessKeyId] ?? [], action, resource, context)) satisfies Authorize,
  onCall: (record: CallRecord) => {
    calls.push(record);
  },
};

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  dynamodb = await startDynamoDb({ ...options, path: join(folder.path, "dynamodb") });
  sqs = await startSqs({ ...options, path: join(folder.path, "sqs.sqlite") });
  kms = await startKms({ ...options, keyFile: join(folder.path, "kms.key") });
  await sqs.provideQueue({ QueueName: "deliveries" });
  await dynamodb.provideTable({
    TableName: "webhooks",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byKey",
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  });
});
afterAll(async () => {
  await Promise.all([dynamodb.close(), sqs.close(), kms.close()]);
  await folder.remove();
});
beforeEach(() => {
  calls = [];
});

/** A client that stands for a function with these rights. */
function allow(actions: string[], resources = ["*"], conditions: Condition[] = []) {
  policies = { putWebhook: [{ effect: "Allow", actions, resources, conditions }] };
  return {
    dynamodb: new DynamoDBClient(clientConfig(dynamodb.url, "putWebhook")),
    sqs: new SQSClient(clientConfig(sqs.url, "putWebhook")),
    kms: new KMSClient(clientConfig(kms.url, "putWebhook")),
  };
}

const Item = { pk: { S: "a" } };
const put = new PutItemCommand({ TableName: "webhooks", Item });

test("refuses a call outside the policy and names principal, action and resource", async () => {
  const clients = allow(["dynamodb:GetItem"]);
  const refusal = await clients.dynamodb.send(put).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: "AccessDeniedException" });
  expect(String(refusal)).toMatch(/putWebhook.*dynamodb:PutItem.*table\/webhooks/);
  await allow(["dynamodb:PutItem"], [tableArn]).dynamodb.send(put);
});

test("authorises a transaction item by item, checks included", async () => {
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName: "webhooks", Item: { pk: { S: "b" } } } },
      {
        ConditionCheck: {
          TableName: "webhooks",
          Key: { pk: { S: "c" } },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
    ],
  });
  const onlyPut = allow(["dynamodb:PutItem"]).dynamodb.send(transaction);
  await expect(onlyPut).rejects.toThrow(/dynamodb:ConditionCheckItem/);
  await allow(["dynamodb:PutItem", "dynamodb:ConditionCheckItem"]).dynamodb.send(transaction);
});

test("tells a table from its index", async () => {
  const query = new QueryCommand({
    TableName: "webhooks",
    IndexName: "byKey",
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "a" } },
  });
  const onTable = allow(["dynamodb:Query"], [tableArn]).dynamodb.send(query);
  await expect(onTable).rejects.toThrow(/table\/webhooks\/index\/byKey/);
  await allow(["dynamodb:Query"], [`${tableArn}/index/*`]).dynamodb.send(query);
});

/** Holds for the rows of one partition. */
const ofA: Condition[] = [
  {
    quantifier: "ForAllValues",
    operator: "StringEquals",
    key: "dynamodb:LeadingKeys",
    values: ["a"],
  },
  { operator: "Null", key: "dynamodb:LeadingKeys", values: ["false"] },
];

function callsOn(pk: string) {
  const on = { TableName: "webhooks" };
  const row = { pk: { S: pk } };
  const condition = "attribute_exists(pk) OR attribute_not_exists(pk)";
  const UpdateExpression = "SET x = :x";
  const ExpressionAttributeValues = { ":x": { S: "x" } };
  return [
    new GetItemCommand({ ...on, Key: row }),
    new PutItemCommand({ ...on, Item: row }),
    new UpdateItemCommand({ ...on, Key: row, UpdateExpression, ExpressionAttributeValues }),
    new DeleteItemCommand({ ...on, Key: row }),
    ...["pk = :pk", "#p = :pk"].map(
      (KeyConditionExpression) =>
        new QueryCommand({
          ...on,
          KeyConditionExpression,
          ...(KeyConditionExpression.startsWith("#") && {
            ExpressionAttributeNames: { "#p": "pk" },
          }),
          ExpressionAttributeValues: { ":pk": { S: pk } },
        }),
    ),
    new BatchGetItemCommand({ RequestItems: { webhooks: { Keys: [{ pk: { S: "a" } }, row] } } }),
    new BatchWriteItemCommand({ RequestItems: { webhooks: [{ PutRequest: { Item: row } }] } }),
    new BatchWriteItemCommand({ RequestItems: { webhooks: [{ DeleteRequest: { Key: row } }] } }),
    ...[
      { Put: { ...on, Item: row } },
      { Delete: { ...on, Key: row } },
      { Update: { ...on, Key: row, UpdateExpression, ExpressionAttributeValues } },
      { ConditionCheck: { ...on, Key: row, ConditionExpression: condition } },
    ].map((item) => new TransactWriteItemsCommand({ TransactItems: [item] })),
  ];
}

test("tells conditions which partitions a call touches, whatever the call", async () => {
  const { dynamodb: client } = allow(["dynamodb:*"], ["*"], ofA);
  // The kinds of commands have no type in common that a client sends.
  const send = (command: unknown) => client.send(command as PutItemCommand);
  const outcomeOf = (call: Promise<unknown>) =>
    call.then(
      () => "done",
      (error: unknown) => (error as Error).name,
    );
  for (const [index, call] of callsOn("b").entries()) {
    const twice = index === 6 ? "ValidationException" : "done"; // a batch may not ask for a row twice
    expect([index, await outcomeOf(send(call))]).toEqual([index, "AccessDeniedException"]);
    expect([index, await outcomeOf(send(callsOn("a")[index]))]).toEqual([index, twice]);
  }
  const scan = new ScanCommand({ TableName: "webhooks" });
  expect(await outcomeOf(client.send(scan))).toBe("AccessDeniedException");
});

test("tells conditions what a key is used for", async () => {
  const condition: Condition = {
    operator: "StringEquals",
    key: "kms:EncryptionContext:purpose",
    values: ["hookcast"],
  };
  const { kms: client } = allow(["kms:GenerateDataKey"], ["*"], [condition]);
  const generate = (EncryptionContext?: Record<string, string>) =>
    client.send(
      new GenerateDataKeyCommand({ KeyId: "DataKey", KeySpec: "AES_256", EncryptionContext }),
    );
  await generate({ purpose: "hookcast" });
  await expect(generate({ purpose: "else" })).rejects.toThrow(/not authorized/);
  await expect(generate()).rejects.toThrow(/not authorized/);
});

test("wants the right of the single action for a batch and answers a refusal with 403", async () => {
  const QueueUrl = `${sqs.url}/000000000000/deliveries`;
  const batch = new SendMessageBatchCommand({
    QueueUrl,
    Entries: [{ Id: "a", MessageBody: "body" }],
  });
  await allow(["sqs:SendMessage"], ["arn:aws:sqs:*:*:deliveries"]).sqs.send(batch);
  const refusal = await allow(["sqs:ReceiveMessage"])
    .sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "body" }))
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    name: expect.stringMatching(/^AccessDenied/),
    $metadata: { httpStatusCode: 403 },
  });
});

test("asks for the key that a ciphertext names", async () => {
  const both = allow(["kms:GenerateDataKey", "kms:Decrypt"]);
  const { CiphertextBlob } = await both.kms.send(
    new GenerateDataKeyCommand({ KeyId: "DataKey", KeySpec: "AES_256" }),
  );
  const other = allow(["kms:Decrypt"], ["arn:aws:kms:*:*:key/OtherKey"]);
  await expect(other.kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toThrow(
    /kms:Decrypt.*key\/DataKey/,
  );
});

test("reports every call, the refused ones as failed", async () => {
  await allow(["dynamodb:PutItem"]).dynamodb.send(put);
  await allow([])
    .dynamodb.send(put)
    .catch(() => {});
  const record = { accessKeyId: "putWebhook", service: "dynamodb", action: "PutItem" };
  expect(calls).toMatchObject([
    { ...record, resource: tableArn, failed: false },
    { ...record, resource: tableArn, failed: true },
  ]);
  for (const { durationMs } of calls) expect(durationMs).toBeGreaterThan(0);
});
