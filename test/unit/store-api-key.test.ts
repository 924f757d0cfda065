import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ApiKeyRecord,
  type ApiKeyStore,
  openApiKeyStore,
} from "../../shared/store/api-key-store.ts";
import { startTables } from "./embedded-tables.ts";

let tables: AsyncDisposable;
let store: ApiKeyStore;

beforeAll(async () => {
  tables = await startTables();
  store = openApiKeyStore();
});
afterAll(() => tables[Symbol.asyncDispose]());

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
