import * as theirDynamoDb from "@aws-sdk/client-dynamodb";
import * as theirKms from "@aws-sdk/client-kms";
import * as theirSqs from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as ourDynamoDb from "../../infra/lean-sdk/client-dynamodb.ts";
import * as ourKms from "../../infra/lean-sdk/client-kms.ts";
import * as ourSqs from "../../infra/lean-sdk/client-sqs.ts";
import { NodeHttpHandler } from "../../infra/lean-sdk/node-http-handler.ts";
import { authorizationOf } from "../../infra/lean-sdk/sign.ts";
import { type RecordedCall, startRecordingAws } from "./recording-aws.ts";

const region = "eu-central-1";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "hush", sessionToken: "token" };

beforeEach(() => {
  vi.stubEnv("AWS_REGION", region);
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  vi.stubEnv("AWS_SESSION_TOKEN", credentials.sessionToken);
});
afterEach(() => vi.unstubAllEnvs());

const requestHandler = new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout: 2_000 });
const config = { maxAttempts: 1, requestHandler };
const dynamoDb = {
  service: "dynamodb",
  theirs: () => new theirDynamoDb.DynamoDBClient(),
  ours: () => new ourDynamoDb.DynamoDBClient(config),
};
const sqs = {
  service: "sqs",
  theirs: () => new theirSqs.SQSClient({ useQueueUrlAsEndpoint: false }),
  ours: () => new ourSqs.SQSClient(config),
};
const kms = {
  service: "kms",
  theirs: () => new theirKms.KMSClient(),
  ours: () => new ourKms.KMSClient(config),
};

const TableName = "rows";
const Key = { pk: { S: "a/é\u{1F600}" }, sk: { S: "b" } };
const Item = { ...Key, n: { N: "1" }, list: { L: [{ BOOL: true }, { NULL: true as const }] } };
const update = {
  TableName,
  Key,
  UpdateExpression: "ADD #n :one",
  ReturnValues: "ALL_NEW" as const,
};
const query = { TableName, KeyConditionExpression: "pk = :pk", ConsistentRead: true, Limit: 3 };
const reads = { RequestItems: { rows: { Keys: [Key], ConsistentRead: true } } };
const writes = { RequestItems: { rows: [{ PutRequest: { Item } }] } };
const transaction = { TransactItems: [{ Put: { TableName, Item } }], ClientRequestToken: "once" };
const entry = { Id: "0", MessageBody: "{}", MessageGroupId: "g", DelaySeconds: 5 };
const batch = { QueueUrl: "http://127.0.0.1/0/Queue", Entries: [entry] };
const wanted = { KeyId: "k", KeySpec: "AES_256" as const, EncryptionContext: { purpose: "test" } };
const wrapped = { KeyId: "k", CiphertextBlob: Buffer.from("wrapped") };

const calls = [
  [dynamoDb, new theirDynamoDb.GetItemCommand({ TableName, Key })],
  [dynamoDb, new theirDynamoDb.PutItemCommand({ TableName, Item })],
  [dynamoDb, new theirDynamoDb.DeleteItemCommand({ TableName, Key })],
  [dynamoDb, new theirDynamoDb.UpdateItemCommand(update)],
  [dynamoDb, new theirDynamoDb.QueryCommand(query)],
  [dynamoDb, new theirDynamoDb.BatchGetItemCommand(reads)],
  [dynamoDb, new theirDynamoDb.BatchWriteItemCommand(writes)],
  [dynamoDb, new theirDynamoDb.TransactWriteItemsCommand(transaction)],
  [sqs, new theirSqs.SendMessageBatchCommand(batch)],
  [kms, new theirKms.GenerateDataKeyCommand(wanted)],
  [kms, new theirKms.DecryptCommand(wrapped)],
] as const;
const stoodIn = [
  new ourDynamoDb.GetItemCommand({ TableName, Key }),
  new ourDynamoDb.PutItemCommand({ TableName, Item }),
  new ourDynamoDb.DeleteItemCommand({ TableName, Key }),
  new ourDynamoDb.UpdateItemCommand(update),
  new ourDynamoDb.QueryCommand(query),
  new ourDynamoDb.BatchGetItemCommand(reads),
  new ourDynamoDb.BatchWriteItemCommand(writes),
  new ourDynamoDb.TransactWriteItemsCommand(transaction),
  new ourSqs.SendMessageBatchCommand(batch),
  new ourKms.GenerateDataKeyCommand(wanted),
  new ourKms.DecryptCommand(wrapped),
];
const cases = calls.map(([client, theirs], n) => ({ client, theirs, ours: stoodIn[n] }));

/** Of which client a command is, only the table above knows. */
interface Caller {
  send(command: unknown): Promise<unknown>;
}

/** What a service sees of a call before it does anything. */
function told({ headers, body }: RecordedCall) {
  const { "content-type": type, "x-amz-target": target, "x-amz-security-token": token } = headers;
  return { type, target, token, input: JSON.parse(body) };
}

/** What the signature of a call should be, by our own reckoning over the headers that it says to have signed. */
function expected({ headers, body }: RecordedCall, service: string): string {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  return authorizationOf(signed, body, credentials, { region, service });
}

test.each(cases)("$ours.operation says to $client.service what the SDK says", async (each) => {
  const { client, theirs, ours } = each;
  await using aws = await startRecordingAws([200, {}]);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  await (client.theirs() as Caller).send(theirs);
  await (client.ours() as Caller).send(ours);
  const [byThem, byUs] = aws.calls;
  if (!byThem || !byUs) throw new Error("a call is missing");
  expect(told(byUs)).toEqual(told(byThem));
  expect(expected(byThem, client.service)).toBe(byThem.headers.authorization);
  expect(expected(byUs, client.service)).toBe(byUs.headers.authorization);
});

test("a signature holds for one secret and one day", () => {
  const sign = (secretAccessKey: string, date: string) =>
    authorizationOf(
      { host: "h", "x-amz-date": date },
      "{}",
      { ...credentials, secretAccessKey },
      {
        region,
        service: "sqs",
      },
    );
  const all = [
    sign("one", "20260101T000000Z"),
    sign("two", "20260101T000000Z"),
    sign("one", "20260102T000000Z"),
  ];
  expect(new Set(all).size).toBe(3);
  expect(sign("one", "20260101T000000Z")).toBe(all[0]);
});

test("bytes of KMS come as bytes", async () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const answer = { KeyId: "k", CiphertextBlob: base64("wrapped"), Plaintext: base64("plain") };
  await using aws = await startRecordingAws([200, answer]);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  const made = await kms.ours().send(new ourKms.GenerateDataKeyCommand(wanted));
  expect(made).toEqual({
    KeyId: "k",
    CiphertextBlob: Buffer.from("wrapped"),
    Plaintext: Buffer.from("plain"),
  });
});

test("a trace goes on through the call", async () => {
  await using aws = await startRecordingAws([200, {}]);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-2-3");
  await dynamoDb.ours().send(new ourDynamoDb.QueryCommand(query));
  expect(aws.calls[0]?.headers["x-amzn-trace-id"]).toBe("Root=1-2-3");
});
