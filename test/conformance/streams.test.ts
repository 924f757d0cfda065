import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { streamArn } from "../../local/aws/arn.ts";
import { callAws } from "../../local/aws-call.ts";
import { type DynamoDb, startDynamoDb } from "../../local/dynamodb/start.ts";
import { openStream, type StreamClient } from "../../local/lambda/stream-client.ts";
import { createStreamPoller } from "../../local/lambda/stream-poller.ts";
import { readStreamSources, type StreamSource } from "../../local/template/stream-sources.ts";
import { eventually } from "../support/eventually.ts";
import { openToAll } from "../support/service/engine-access.ts";
import { clientConfig } from "./credentials.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

let engine: DynamoDb;
let client: DynamoDBClient;
const nowMs = Date.UTC(2024, 0, 25);

beforeAll(async () => {
  const folder = await makeTemporaryFolder();
  engine = await startDynamoDb({ path: folder.path, ...openToAll, now: () => nowMs });
  client = new DynamoDBClient(clientConfig(engine.url));
  return async () => {
    await engine.close();
    await folder.remove();
  };
});
afterAll(() => client.destroy());

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

async function makeTable(TableName: string, properties: object = {}): Promise<StreamClient> {
  await engine.provideTable({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    StreamSpecification: { StreamViewType: "KEYS_ONLY" },
    ...properties,
  });
  return openStream({ endpoint: engine.url, streamArn: streamArn(TableName), credentials });
}

function put(TableName: string, id: string) {
  return new PutItemCommand({ TableName, Item: { id: { S: id }, value: { S: "secret" } } });
}

test("a stream has what was written, with keys alone, in the order of the writes", async () => {
  const stream = await makeTable("written");
  const from = await stream.begin();
  await client.send(put("written", "a"));
  await client.send(put("written", "a"));
  const Put = { TableName: "written", Item: { id: { S: "b" } } };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
  await client.send(new DeleteItemCommand({ TableName: "written", Key: { id: { S: "a" } } }));

  const { records, next } = await stream.read(from, 10);
  expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys])).toEqual([
    ["INSERT", { id: { S: "a" } }],
    ["MODIFY", { id: { S: "a" } }],
    ["INSERT", { id: { S: "b" } }],
    ["REMOVE", { id: { S: "a" } }],
  ]);
  expect(JSON.stringify(records)).not.toContain("secret");
  expect(records[0]).toMatchObject({
    eventSource: "aws:dynamodb",
    dynamodb: {
      ApproximateCreationDateTime: nowMs / 1000,
      StreamViewType: "KEYS_ONLY",
      SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
    },
  });
  expect((await stream.read(next, 10)).records).toEqual([]);
  expect((await stream.read(from, 3)).records).toHaveLength(3);
});

test("a write that was refused is in no stream", async () => {
  const stream = await makeTable("refused");
  const from = await stream.begin();
  await client.send(put("refused", "a"));
  const again = put("refused", "a");
  again.input.ConditionExpression = "attribute_not_exists(id)";
  await expect(client.send(again)).rejects.toThrow();
  const Put = { TableName: "refused", Item: { id: { S: "b" } } };
  const Check = {
    TableName: "refused",
    Key: { id: { S: "a" } },
    ConditionExpression: "attribute_not_exists(id)",
  };
  const both = new TransactWriteItemsCommand({
    TransactItems: [{ Put }, { ConditionCheck: Check }],
  });
  await expect(client.send(both)).rejects.toThrow();
  expect((await stream.read(from, 10)).records).toHaveLength(1);
});

test("a table without a stream has none, and neither has one that is not there", async () => {
  const stream = await makeTable("silent", { StreamSpecification: undefined });
  await expect(stream.begin()).rejects.toThrow("ResourceNotFoundException");
  const absent = openStream({ endpoint: engine.url, streamArn: streamArn("no"), credentials });
  await expect(absent.begin()).rejects.toThrow("ResourceNotFoundException");
  const call = { endpoint: engine.url, service: "dynamodb", credentials };
  const target = "DynamoDBStreams_20120810.GetRecords";
  await expect(callAws({ ...call, target }, { ShardIterator: "?" })).rejects.toThrow("Invalid");
});

test("a reader that is too slow for the stream goes on with what is left of it", async () => {
  const stream = await makeTable("long");
  const from = await stream.begin();
  const ids = Array.from({ length: 10_050 }, (_, n) => String(n));
  for (let start = 0; start < ids.length; start += 100) {
    const TransactItems = ids
      .slice(start, start + 100)
      .map((id) => ({ Put: { TableName: "long", Item: { id: { S: id } } } }));
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }
  const { records } = await stream.read(from, 1);
  expect(records[0]?.dynamodb.Keys).toEqual({ id: { S: "50" } });
});

const source: StreamSource = {
  logicalId: "Mapping",
  streamArn: streamArn("t"),
  functionName: "Fn",
  batchSize: 2,
  eventNames: ["INSERT"],
  maxRecordAgeSeconds: 240,
  retryAttempts: 3,
};

function recordOf(id: string, eventName = "INSERT", ageSeconds = 0) {
  const createdSeconds = Math.floor(Date.now() / 1000) - ageSeconds;
  return {
    eventName,
    dynamodb: { Keys: { id: { S: id } }, ApproximateCreationDateTime: createdSeconds },
  };
}

/** Reads these records with that function, which is told of the ids that it gets. */
function poll(records: ReturnType<typeof recordOf>[], run: (ids: unknown[]) => void) {
  const stream: StreamClient = {
    begin: async () => "0",
    read: async (iterator, atMost) => {
      const found = records.slice(Number(iterator), Number(iterator) + atMost);
      return { records: found, next: String(Number(iterator) + found.length) };
    },
  };
  const invoke = async (_: string, event: unknown) => {
    // As the poller has just made it.
    const { Records } = event as { Records: ReturnType<typeof recordOf>[] };
    run(Records.map(({ dynamodb }) => dynamodb.Keys.id.S));
  };
  const poller = createStreamPoller({ source, stream, functions: { invoke }, log: () => {} });
  poller.start();
  onTestFinished(() => poller.stop());
}

test("batches go to the function one after the other, without what the filter leaves out or is too old", async () => {
  const got: unknown[][] = [];
  const records = [recordOf("a"), recordOf("b"), recordOf("b", "REMOVE"), recordOf("c", "MODIFY")];
  poll([...records, recordOf("old", "INSERT", 300), recordOf("d")], (ids) => got.push(ids));
  await eventually(() => got.length === 2);
  expect(got).toEqual([["a", "b"], ["d"]]);
});

test("a batch is tried four times, and then the next one comes", async () => {
  const got: unknown[][] = [];
  poll([recordOf("a"), recordOf("b"), recordOf("c")], (ids) => {
    got.push(ids);
    if (ids.includes("a")) throw new Error("not now");
  });
  await eventually(() => got.length === 5);
  expect(got).toEqual([...Array.from({ length: 4 }, () => ["a", "b"]), ["c"]]);
});

test("a filter that does not run here is refused by name", () => {
  const mapping = (Pattern: string) => ({
    logicalId: "Mapping",
    type: "AWS::Lambda::EventSourceMapping",
    name: "Mapping",
    properties: {
      EventSourceArn: streamArn("t"),
      FunctionName: "Fn",
      StartingPosition: "TRIM_HORIZON",
      FilterCriteria: { Filters: [{ Pattern }] },
    },
  });
  const read = (pattern: string) => readStreamSources([mapping(pattern)], []);
  expect(() => read('{"dynamodb":{"NewImage":{}}}')).toThrow(/Mapping.*only eventName/s);
});
