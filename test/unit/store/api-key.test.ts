import { expect, test } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import {
  type ApiKeyRecord,
  openApiKeyStore,
  readKeyRow,
} from "../../../shared/store/secrets/api-key-store.ts";
import { fromItem } from "../../../shared/store/table/rows.ts";
import { useTables } from "./embedded-tables.ts";

useTables();
const store = openApiKeyStore();

const record: ApiKeyRecord = {
  v: 1,
  keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVW",
  hash: "ab".repeat(32),
  name: "dev",
  caches: ["*"],
  permissions: ["read", "publish"],
  createdTimeMs: 1_706_138_428_000,
};

test("finds a key under its id, with an expiry or without", async () => {
  await store.put(record);
  expect(await store.find(record.keyId)).toEqual(record);
  await store.put({ ...record, expiresAt: 2_000_000_000 });
  expect(await store.find(record.keyId)).toEqual({ ...record, expiresAt: 2_000_000_000 });
});

test("finds nothing under an id that was never minted", async () => {
  expect(await store.find("key_01JDB2Q5V8K3M4N6P7R8S9TAVX")).toBeUndefined();
});

test("a revoked key keeps its row and loses its hash", async () => {
  await store.put(record);
  expect(await store.revoke(record.keyId, 1_706_138_429_000)).toBe(true);
  const revoked = { ...record, hash: "", revokedTimeMs: 1_706_138_429_000 };
  expect(await store.find(record.keyId)).toEqual(revoked);
});

test("neither a revocation nor a use brings a key into being", async () => {
  const unknown = "key_01JDB2Q5V8K3M4N6P7R8S9TAVX";
  expect(await store.revoke(unknown, 1)).toBe(false);
  await store.noteUse({ keyId: unknown }, 1);
  expect(await store.find(unknown)).toBeUndefined();
});

/** The row beside the key's. */
async function useOf({ keyId }: ApiKeyRecord) {
  const Key = { keyId: { S: `use/${keyId}` } };
  const { Item } = await dynamoDb.call("GetItem", { TableName: "API_KEYS_TABLE", Key });
  return Item && { row: fromItem(Item), read: readKeyRow(fromItem(Item)) };
}

test("notes when a key was last used, and leaves the key's row alone", async () => {
  await store.put(record);
  const [first, later] = [1_706_138_430_000, 1_706_142_030_000];
  await store.noteUse(record, later);
  await store.noteUse(record, first);
  expect(await store.find(record.keyId)).toEqual(record);
  const use = { keyId: record.keyId, lastUsedTimeMs: later };
  expect(await useOf(record)).toMatchObject({ read: { use } });
});

test("a last use goes when its key does", async () => {
  const expiring = { ...record, keyId: "key_01JDB2Q5V8K3M4N6P7R8S9TAVY", expiresAt: 2_000_000_000 };
  await store.noteUse(expiring, 1_706_138_430_000);
  expect((await useOf(expiring))?.row).toMatchObject({ v: 1, expiresAt: expiring.expiresAt });
});
