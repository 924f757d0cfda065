import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { startDynamoDb } from "../../../local/dynamodb/start.ts";
import { callTimeouts } from "../../../shared/aws/connections.ts";
import { undeliveredIndex, waitingIndex } from "../../../shared/store/keys.ts";
import { openToAll } from "../../support/service/engine-access.ts";

const rowKeys = [
  ["pk", "HASH"],
  ["sk", "RANGE"],
];
const tables: Record<string, string[][]> = {
  WEBHOOKS_TABLE: rowKeys,
  MESSAGES_TABLE: rowKeys,
  DELIVERIES_TABLE: rowKeys,
  API_KEYS_TABLE: [["keyId", "HASH"]],
  OUTBOX_TABLE: [["id", "HASH"]],
};

/** A table is named like the variable that tells its name. */
const names = Object.fromEntries(Object.keys(tables).map((variable) => [variable, variable]));
const environment = { ...names, RETENTION_DAYS: "30" };

/** Sorted as its table is. */
interface Index {
  readonly name: string;
  readonly key: string;
  readonly projection: string;
}

const indexes: Record<string, Index[]> = {
  DELIVERIES_TABLE: [
    { ...undeliveredIndex, projection: "ALL" },
    { ...waitingIndex, projection: "KEYS_ONLY" },
  ],
};

/**
 * The product's tables, for the tests of one file. Their names are known at once, so that stores can be
 * opened before the tables are there.
 */
export function useTables(): void {
  Object.assign(process.env, environment);
  beforeAll(async () => {
    const started = await startTables();
    return () => started[Symbol.asyncDispose]();
  });
}

/**
 * Starts the embedded DynamoDB with the product's tables, and points this process at it. Undone by
 * disposing of it.
 */
export async function startTables(): Promise<AsyncDisposable> {
  // A busy machine that holds up the caller holds up the engine, too: its calls are late, and none is lost.
  Object.assign(callTimeouts, { connectionMs: 60_000, requestMs: 60_000 });
  const path = await mkdtemp(join(tmpdir(), "hookcast-tables-"));
  const engine = await startDynamoDb({ ...openToAll, path });
  Object.assign(process.env, environment, credentials, { AWS_ENDPOINT_URL_DYNAMODB: engine.url });
  for (const [variable, keySchema] of Object.entries(tables)) {
    const found = indexes[variable] ?? [];
    const attributes = [
      ...keySchema.flatMap(([name]) => name ?? []),
      ...found.map(({ key }) => key),
    ];
    await engine.provideTable({
      TableName: variable,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keySchemaOf(keySchema),
      AttributeDefinitions: attributes.map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      ...(found.length > 0 && { GlobalSecondaryIndexes: found.map(indexOf) }),
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

function indexOf({ name, key, projection }: Index) {
  const keys = [
    [key, "HASH"],
    ["sk", "RANGE"],
  ];
  return {
    IndexName: name,
    KeySchema: keySchemaOf(keys),
    Projection: { ProjectionType: projection },
  };
}

const credentials = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
};
