import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { readEnv } from "../runtime/env.ts";
import { dynamoDb, fromItem, toItem } from "./dynamodb.ts";

/** An API key as it is stored: never the key itself, only its hash. */
export const ApiKeyRecord = z.object({
  v: z.literal(1),
  keyId: z.string(),
  /** SHA-256 of the whole key, in hex. */
  hash: z.string(),
  name: z.string(),
  caches: z.array(z.string()),
  permissions: z.array(z.enum(["read", "manage", "publish"])),
  createdTimeMs: z.int(),
  /** Epoch seconds; also when DynamoDB may delete the row. */
  expiresAt: z.optional(z.int()),
});
export type ApiKeyRecord = z.infer<typeof ApiKeyRecord>;

export interface ApiKeyStore {
  find(keyId: string): Promise<ApiKeyRecord | undefined>;
  put(record: ApiKeyRecord): Promise<void>;
}

export function openApiKeyStore(): ApiKeyStore {
  const TableName = readEnv("API_KEYS_TABLE").API_KEYS_TABLE;
  return {
    async find(keyId) {
      const { Item } = await dynamoDb().send(
        new GetItemCommand({ TableName, Key: toItem({ keyId }), ConsistentRead: true }),
      );
      return Item && z.parse(ApiKeyRecord, fromItem(Item));
    },
    async put(record) {
      await dynamoDb().send(new PutItemCommand({ TableName, Item: toItem(record) }));
    },
  };
}
