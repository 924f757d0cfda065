import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDynamoDb } from "../../local/dynamodb/start.ts";

const rowKeys = [
  ["pk", "HASH"],
  ["sk", "RANGE"],
];
const undelivered = {
  IndexName: "undelivered",
  KeySchema: [
    { AttributeName: "undelivered", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  Projection: { ProjectionType: "ALL" },
};
const tables: Record<string, string[][]> = {
  WEBHOOKS_TABLE: rowKeys,
  MESSAGES_TABLE: rowKeys,
  DELIVERIES_TABLE: rowKeys,
  API_KEYS_TABLE: [["keyId", "HASH"]],
};

/**
 * Starts the embedded DynamoDB with the product's tables, and points this process at it. Undone by
 * disposing of it.
 */
export async function startTables(): Promise<AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "hookcast-tables-"));
  const engine = await startDynamoDb({ path, authorize: () => true });
  Object.assign(process.env, credentials, { AWS_ENDPOINT_URL_DYNAMODB: engine.url });
  for (const [variable, keySchema] of Object.entries(tables)) {
    process.env[variable] = variable;
    const isIndexed = variable === "DELIVERIES_TABLE";
    const attributes = keySchema.map(([AttributeName]) => AttributeName);
    await engine.provideTable({
      TableName: variable,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keySchema.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
      AttributeDefinitions: [...attributes, ...(isIndexed ? ["undelivered"] : [])].map(
        (AttributeName) => ({ AttributeName, AttributeType: "S" }),
      ),
      ...(isIndexed && { GlobalSecondaryIndexes: [undelivered] }),
    });
  }
  return {
    async [Symbol.asyncDispose]() {
      await engine.close();
      await rm(path, { recursive: true });
    },
  };
}

const credentials = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};
