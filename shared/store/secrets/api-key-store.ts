import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod/mini";
import { dynamoDb } from "../../aws/clients.ts";
import { permissions } from "../../contract/permission.ts";
import { readEnv } from "../../runtime/env.ts";
import { log } from "../../runtime/logger.ts";
import { fromItem, type Row, setting, toItem } from "../table/rows.ts";
import { isConditionFailure } from "../table/table.ts";

/** An API key as it is stored: never the key itself, only its hash. */
export const ApiKeyRecord = z.object({
  v: z.literal(1),
  keyId: z.string(),
  /** SHA-256 of the whole key, in hex; of a revoked key nothing, which no key can match. */
  hash: z.string(),
  name: z.string(),
  caches: z.array(z.string()),
  permissions: z.array(z.enum(permissions)),
  createdTimeMs: z.int(),
  /** Epoch seconds; also when DynamoDB may delete the row. */
  expiresAt: z.optional(z.int()),
  /** Of deployments from before last uses had rows of their own. */
  lastUsedTimeMs: z.optional(z.int()),
  revokedTimeMs: z.optional(z.int()),
});
export type ApiKeyRecord = z.infer<typeof ApiKeyRecord>;

const usePrefix = "use/";

/**
 * When a key was last used, to the hour. A row beside the key's, so that whoever notes uses need not be able
 * to write keys.
 */
const KeyUse = z.object({ keyId: z.string(), lastUsedTimeMs: z.int() });

/** What lies in the table: keys, and when they were last used. */
export function readKeyRow(row: Row): { key: ApiKeyRecord } | { use: z.infer<typeof KeyUse> } {
  if (!String(row.keyId).startsWith(usePrefix)) return { key: z.parse(ApiKeyRecord, row) };
  const { keyId, lastUsedTimeMs } = z.parse(KeyUse, row);
  return { use: { keyId: keyId.slice(usePrefix.length), lastUsedTimeMs } };
}

export interface ApiKeyStore {
  find(keyId: string): Promise<ApiKeyRecord | undefined>;
  put(record: ApiKeyRecord): Promise<void>;
  noteUse(key: Pick<ApiKeyRecord, "keyId" | "expiresAt">, usedTimeMs: number): Promise<void>;
  /** Takes the hash away and keeps the rest for the list. Returns whether there was such a key. */
  revoke(keyId: string, revokedTimeMs: number): Promise<boolean>;
}

export function openApiKeyStore(): ApiKeyStore {
  const TableName = readEnv("API_KEYS_TABLE").API_KEYS_TABLE;

  /** Returns whether the condition held. */
  async function change(keyId: string, attributes: Row, condition: string): Promise<boolean> {
    const { text, names, values = {} } = setting(attributes);
    try {
      await dynamoDb.call("UpdateItem", {
        TableName,
        Key: toItem({ keyId }),
        UpdateExpression: text,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: toItem(values),
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  return {
    async find(keyId) {
      const { Item } = await dynamoDb.call("GetItem", {
        TableName,
        Key: toItem({ keyId }),
        ConsistentRead: true,
      });
      return Item && z.parse(ApiKeyRecord, fromItem(Item));
    },
    async put(record) {
      await dynamoDb.call("PutItem", { TableName, Item: toItem(record) });
    },
    async noteUse({ keyId, expiresAt }, lastUsedTimeMs) {
      const use = { v: 1, lastUsedTimeMs, ...(expiresAt !== undefined && { expiresAt }) };
      const isLater = "attribute_not_exists(#lastUsedTimeMs) OR #lastUsedTimeMs < :lastUsedTimeMs";
      await change(usePrefix + keyId, use, isLater);
    },
    // A key that was deleted meanwhile does not come back.
    revoke: (keyId, revokedTimeMs) =>
      change(keyId, { hash: "", revokedTimeMs }, "attribute_exists(keyId)"),
  };
}

/** Notes that a key was used. Never fails. */
export type NoteUse = (key: ApiKeyRecord, nowMs: number) => Promise<void>;

const hourMs = 3_600_000;

/**
 * Writes a key's last use at most once an hour from this environment: what others wrote lies in another row
 * than the key's, and to read it would cost a call. It is waited for,
 * since Lambda may freeze what goes on after the answer and a rare use would go unnoticed; but not for
 * long, since nobody's request depends on it.
 */
export function openLastUse(keys: Pick<ApiKeyStore, "noteUse">, maxWaitMs = 100): NoteUse {
  const noted = new Map<string, number>();
  return async (key, nowMs) => {
    const { keyId } = key;
    if (nowMs - (noted.get(keyId) ?? 0) < hourMs) return;
    noted.set(keyId, nowMs);
    const written = keys.noteUse(key, nowMs).catch(() => log("warn", "key.use-unnoted", { keyId }));
    const given = new AbortController();
    const upTo = wait(maxWaitMs, undefined, { signal: given.signal }).catch(() => undefined);
    await Promise.race([written, upTo]);
    given.abort();
  };
}
