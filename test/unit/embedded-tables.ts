import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDynamoDb } from "../../local/dynamodb/start.ts";
import { waitingIndex } from "../../shared/store/keys.ts";

const rowKeys = [
  ["pk", "HASH"],
  ["sk", "RANGE"],
];
const tables: Record<string, string[][]> = {
  WEBHOOKS_TABLE: rowKeys,
  MESSAGES_TABLE: rowKeys,
  DELIVERIES_TABLE: rowKeys,
  API_KEYS_TABLE: [["keyId", "HASH"]],
};

/** What the sweeper asks for. */
const indexes: Record<string, typeof waitingIndex> = { DELIVERIES_TABLE: waitingIndex };

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
    const index = indexes[variable];
    const attributes = keySchema.flatMap(([name]) => name ?? []);
    await engine.provideTable({
      TableName: variable,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keySchemaOf(keySchema),
      AttributeDefinitions: [...attributes, ...(index ? [index.key] : [])].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      ...(index && {
        GlobalSecondaryIndexes: [
          {
            IndexName: index.name,
            KeySchema: keySchemaOf([
              [index.key, "HASH"],
              ["sk", "RANGE"],
            ]),
            Projection: { ProjectionType: "KEYS_ONLY" },
          },
        ],
      }),
    });
  }
  return {
    async [Symbol.asyncDispose]() {
      await engine.close();
      await rm(path, { recursive: true });
    },
  };
}

function keySchemaOf(keys: string[][]) {
  return keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType }));
}

const credentials = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};
