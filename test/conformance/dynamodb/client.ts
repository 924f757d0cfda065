import { randomUUID } from "node:crypto";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll } from "vitest";
import { type DynamoDb, startDynamoDb } from "../../../local/dynamodb/start.ts";
import { eventually } from "../../support/eventually.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { clientConfig } from "../credentials.ts";
import { TestClock } from "../sqs/test-clock.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";

interface DynamoDbUnderTest {
  client: DynamoDBClient;
  /** Absent when the suite runs against another emulator. */
  embedded: { engine: DynamoDb; clock: TestClock } | undefined;
  close: () => Promise<void>;
}

/** One for all tests of a file, there while they run. */
export function useDynamoDb(): Omit<DynamoDbUnderTest, "close"> {
  let dynamodb: DynamoDbUnderTest;
  beforeAll(async () => {
    dynamodb = await openDynamoDb();
    return dynamodb.close;
  });
  return {
    get client() {
      return dynamodb.client;
    },
    get embedded() {
      return dynamodb.embedded;
    },
  };
}

/** The embedded engine on a folder of its own, or the one that CONFORMANCE_DYNAMODB_URL names. */
async function openDynamoDb(): Promise<DynamoDbUnderTest> {
  const url = process.env.CONFORMANCE_DYNAMODB_URL;
  if (url) {
    const client = new DynamoDBClient(clientConfig(url));
    return { client, embedded: undefined, close: async () => client.destroy() };
  }
  const folder = await makeTemporaryFolder();
  const clock = new TestClock();
  const engine = await startDynamoDb({
    path: folder.path,
    ...openToAll,
    now: clock.now,
  });
  const client = new DynamoDBClient(clientConfig(engine.url));
  const close = async () => {
    client.destroy();
    await engine.close();
    await folder.remove();
  };
  return { client, embedded: { engine, clock }, close };
}

/** A fresh table `pk`, `sk` with the sparse index `byStatus` (`status`, `rank`); answers its name. */
export async function createTable(client: DynamoDBClient): Promise<string> {
  const TableName = `conformance-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
        { AttributeName: "status", AttributeType: "S" },
        { AttributeName: "rank", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStatus",
          KeySchema: [
            { AttributeName: "status", KeyType: "HASH" },
            { AttributeName: "rank", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  await eventually(async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === "ACTIVE";
  });
  return TableName;
}
