import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type IndexCounts, indexWebhooks } from "../../../ops/index-rows.ts";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import type { Health } from "../../../shared/domain/breaker/health-record.ts";
import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { keys } from "../../../shared/store/keys.ts";
import { deleteAll } from "../../../shared/store/table/database.ts";
import { openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { openUnwellWebhooks } from "../../../shared/store/webhooks/unwell-webhooks.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../samples.ts";
import { useTables } from "../store/embedded-tables.ts";

useTables();
afterEach(() => {
  vi.restoreAllMocks();
});
const cacheNames = ["a", "b", "c"];
let progress: IndexCounts[] = [];
const failing: Health = {
  ...{ version: 1, failures: 3, timeouts: 0, failingSinceMs: 0 },
  breaker: { kind: "closed" },
};

const options = {
  isDryRun: false,
  signal: new AbortController().signal,
  onProgress: (counts: IndexCounts) => void progress.push({ ...counts }),
};
const listed = async () => (await openCacheList().page(undefined, 10)).cacheNames;
const unwell = openUnwellWebhooks();

async function found(): Promise<string[]> {
  const { cacheNames: names } = await unwell.page(undefined, 10);
  const lists = names.map((name) => Array.fromAsync(unwell.inNameOrder(name, { limit: 10 })));
  const webhooks = (await Promise.all(lists)).flat();
  return webhooks.map(({ cacheName, webhookName }) => `${cacheName}/${webhookName}`);
}

/** Two webhooks in each cache, one that is inactive and one that fails, as a version without the lists left them. */
beforeEach(async () => {
  const writer = openWebhookWriter();
  const healths = openHealthStore();
  for (const cacheName of cacheNames) {
    for (const webhookName of ["one", "two"]) {
      const webhook = webhookWith({ webhookId: freshWebhookId(), cacheName, webhookName });
      const isOff = cacheName === "a" && webhookName === "one";
      await writer.create({ ...webhook, ...(isOff && { status: "inactive" as const }) }, 9);
      if (cacheName !== "c" || webhookName !== "two") continue;
      await healths.change(webhook, await healths.find(webhook.webhookId), failing);
    }
  }
  await deleteAll("WEBHOOKS_TABLE", [
    ...[keys.unwell("a", "one"), keys.unwell("c", "two")],
    ...cacheNames.map(keys.unwellCache),
  ]);
  await deleteAll("WEBHOOKS_TABLE", cacheNames.map(keys.cache));
  progress = [];
});

test("lists the caches of webhooks that were put before, and what is not ok, as often as it is run", async () => {
  expect([await listed(), await found()]).toEqual([[], []]);
  for (const _ of ["first", "again"]) {
    expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 3, unwell: 2 });
    expect(await listed()).toEqual(cacheNames);
    expect(await found()).toEqual(["a/one", "c/two"]);
  }
});

test("a dry run counts and writes nothing", async () => {
  expect(await indexWebhooks({ ...options, isDryRun: true })).toEqual({
    webhooks: 6,
    caches: 3,
    unwell: 2,
  });
  expect([await listed(), await found()]).toEqual([[], []]);
});

test("tells how far it is, page by page", async () => {
  await indexWebhooks({ ...options, pageSize: 3 });
  expect(progress.length).toBeGreaterThan(2);
  expect(progress.at(-1)).toEqual({ webhooks: 6, caches: 3, unwell: 2 });
});

test("ends when it is stopped, and is finished by another run", async () => {
  const stop = new AbortController();
  const onProgress = (counts: IndexCounts) => {
    if (counts.webhooks > 0) stop.abort();
  };
  const counts = await indexWebhooks({ ...options, pageSize: 3, signal: stop.signal, onProgress });
  expect(counts.webhooks).toBeLessThan(6);
  expect((await listed()).length).toBeLessThan(3);
  expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 3, unwell: 2 });
  expect(await listed()).toEqual(cacheNames);
});

test("does not bring back a cache that is erased between its reading and its listing", async () => {
  const call = dynamoDb.call.bind(dynamoDb);
  const rows = ["one", "two"].map((webhookName) => keys.webhook("b", webhookName));
  let erased = false;
  vi.spyOn(dynamoDb, "call").mockImplementation(async (name, input) => {
    if (name === "TransactWriteItems" && !erased) {
      erased = true;
      await deleteAll("WEBHOOKS_TABLE", rows);
    }
    return call(name, input);
  });
  expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 2, unwell: 2 });
  expect(await listed()).toEqual(["a", "c"]);
});
