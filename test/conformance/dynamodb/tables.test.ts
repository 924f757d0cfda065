import { randomUUID } from "node:crypto";
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { createTable, useDynamoDb } from "./client.ts";

const noTemplates = "needs the embedded engine's way from a template to a table";
const dynamodb = useDynamoDb();

test("lists and describes a table, and forgets it with all its items when it is deleted", async () => {
  const { client } = dynamodb;
  const TableName = await createTable(client);
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: "a" }, sk: { S: "b" } } }));
  expect((await client.send(new ListTablesCommand({}))).TableNames).toContain(TableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.TableArn).toMatch(
    new RegExp(`^arn:aws:dynamodb:us-east-1:\\d+:table/${TableName}$`),
  );

  await client.send(new DeleteTableCommand({ TableName }));
  await eventually(async () => {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    return !TableNames?.includes(TableName);
  });
  const Key = { pk: { S: "a" }, sk: { S: "b" } };
  await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

const properties = (TableName: string) => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
});

test("brings a table to the state of a changed template and keeps its items", async ({ skip }) => {
  const { client, embedded } = dynamodb;
  if (!embedded) return skip(noTemplates);
  const TableName = `template-${randomUUID()}`;
  const first = properties(TableName);
  await embedded.engine.provideTable(first);
  await client.send(
    new PutItemCommand({ TableName, Item: { pk: { S: "a" }, status: { S: "failed" } } }),
  );

  const second = {
    ...first,
    AttributeDefinitions: [
      ...first.AttributeDefinitions,
      { AttributeName: "status", AttributeType: "S" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byStatus",
        KeySchema: [{ AttributeName: "status", KeyType: "HASH" }],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
    TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
  };
  await embedded.engine.provideTable(second);
  await embedded.engine.provideTable(second);
  const query = new QueryCommand({
    TableName,
    IndexName: "byStatus",
    KeyConditionExpression: "#status = :failed",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":failed": { S: "failed" } },
  });
  expect((await client.send(query)).Items).toEqual([{ pk: { S: "a" }, status: { S: "failed" } }]);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription?.TimeToLiveStatus).toBe("ENABLED");

  await embedded.engine.provideTable(first);
  await expect(client.send(query)).rejects.toMatchObject({ name: "ValidationException" });
});

test("a table has its expiry from the beginning", async ({ skip }) => {
  const { client, embedded } = dynamodb;
  if (!embedded) return skip(noTemplates);
  const TableName = `template-${randomUUID()}`;
  const TimeToLiveSpecification = { AttributeName: "expires", Enabled: true };
  await embedded.engine.provideTable({ ...properties(TableName), TimeToLiveSpecification });
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: "expires" });
});

test("refuses a template that changes a table's keys", async ({ skip }) => {
  const { embedded } = dynamodb;
  if (!embedded) return skip(noTemplates);
  const TableName = `template-${randomUUID()}`;
  await embedded.engine.provideTable(properties(TableName));
  const changed = {
    ...properties(TableName),
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  };
  await expect(embedded.engine.provideTable(changed)).rejects.toThrow(/keys of table/);
});
