import { beforeAll, expect, test } from "vitest";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import { openDeliveryContextStore } from "../../../shared/store/deliveries/delivery-context.ts";
import { openCacheMarks } from "../../../shared/store/health/cache-state.ts";
import { deliveryKey } from "../../../shared/store/keys.ts";
import { openSigningKeyRing } from "../../../shared/store/secrets/signing-key-ring.ts";
import { openSigningKeyStore } from "../../../shared/store/secrets/signing-keys.ts";
import { type Database, dynamoDatabase } from "../../../shared/store/table/database.ts";
import { openTable } from "../../../shared/store/table/table.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { noSigningKeys } from "../delivery/no-signing-keys.ts";
import { jobWith, messageId, webhookWith } from "../samples.ts";
import { useTables } from "./embedded-tables.ts";

const first = webhookWith({ webhookName: "first" });
const second = webhookWith({ webhookName: "second", webhookId: "whk_01JDB2Q5V8K3M4N6P7R8S9TAVX" });

useTables();
const writer = openWebhookWriter();
const contexts = openDeliveryContextStore(openCacheMarks(), noSigningKeys);

beforeAll(async () => {
  await writer.create(first, 1000);
  await writer.create(second, 1000);
});

function jobFor({ webhookId, webhookName }: { webhookId: string; webhookName: string }) {
  return jobWith({ webhookId, webhookName });
}

test("gives each job its webhook as it is now", async () => {
  const changed = changeWebhook(first, { url: "https://moved.example" }, 1);
  await writer.replace(first, changed);
  const jobs = [jobFor(second), jobFor(first), jobFor(first)];
  const context = await contexts.load(jobs, [], Date.now());
  const webhooks = jobs.map((job) => context.webhookOf(job));
  expect(webhooks).toEqual([second, changed, changed]);
  // Parsed once for all of the batch.
  expect(webhooks[2]).toBe(webhooks[1]);
});

test("gives no webhook to a job whose name was put again under another id", async () => {
  const job = jobFor({ webhookName: "second", webhookId: "whk_01JDB2Q5V8K3M4N6P7R8S9TAVZ" });
  const context = await contexts.load([job], [job], Date.now());
  expect(context.webhookOf(job)).toBeUndefined();
  expect(context.headOf(job)).toBeUndefined();
});

test("keeps a row that cannot be read from harming the other jobs of the batch", async () => {
  const odd = { ...deliveryKey(second.webhookId, messageId), v: 99, webhookId: second.webhookId };
  await openTable("DELIVERIES_TABLE").put({ ...odd, messageId });
  const jobs = [jobFor(first), jobFor(second)] as const;
  const context = await contexts.load(jobs, jobs, Date.now());
  expect(context.headOf(jobs[0])).toBeUndefined();
  expect(context.webhookOf(jobs[1])).toEqual(second);
  expect(() => context.headOf(jobs[1])).toThrow();
});

test("key pairs of caches that sign are renewed by the call that a batch makes anyway", async () => {
  const calls: string[] = [];
  const database: Database = {
    ...dynamoDatabase,
    open: (name) => ({
      ...dynamoDatabase.open(name),
      get: (key) => {
        calls.push(`get ${key.pk}`);
        return dynamoDatabase.open(name).get(key);
      },
    }),
    readAll: (wanted) => {
      calls.push("batch");
      return dynamoDatabase.readAll(wanted);
    },
  };
  const vault = {
    sealText: async (_owner: string, _purpose: string, text: string) => text,
    openText: async (_owner: string, _purpose: string, sealed: string) => new Secret(sealed),
  };
  await openSigningKeyStore(vault).ensure("orders", 0);
  const ring = openSigningKeyRing(vault, database);
  const store = openDeliveryContextStore(openCacheMarks(database), ring, database);
  const startMs = Date.now();
  const jobs = [jobFor(first)];
  for (let age = 0; age < 600_000; age += 10_000) {
    await store.load(jobs, [], startMs + age);
    expect(await ring.keysOf("orders", startMs + age)).toHaveLength(1);
  }
  // The first delivery of a cache in an environment, and then none: sixty batches, sixty calls.
  expect(calls.filter((call) => call !== "batch")).toEqual(["get signing-keys/orders"]);
  expect(calls).toHaveLength(61);
});
