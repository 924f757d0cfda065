import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type IndexCounts, indexWebhooks } from "../../../ops/indexes/index-webhooks.ts";
import { dynamoDb } from "../../../shared/aws/dynamodb.ts";
import { keys } from "../../../shared/store/keys.ts";
import { deleteAll } from "../../../shared/store/table/database.ts";
import { openCacheList } from "../../../shared/store/webhooks/cache-list.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, webhookWith } from "../samples.ts";
import { useTables } from "../store/embedded-tables.ts";

useTables();
afterEach(() => {
  vi.restoreAllMocks();
});
const cacheNames = ["a", "b", "c"];
let progress: IndexCounts[] = [];

const options = {
  isDryRun: false,
  signal: new AbortController().signal,
  onProgress: (counts: IndexCounts) => void progress.push({ ...counts }),
};
const listed = async () => (await openCacheList().page(undefined, 10)).cacheNames;

/** Two webhooks in each cache, as a version without the list left them. */
beforeEach(async () => {
  const writer = openWebhookWriter();
  for (const cacheName of cacheNames) {
    for (const webhookName of ["one", "two"]) {
      await writer.create(webhookWith({ webhookId: freshWebhookId(), cacheName, webhookName }), 9);
    }
  }
  await deleteAll("WEBHOOKS_TABLE", cacheNames.map(keys.cache));
  progress = [];
});

test("lists the caches of webhooks that were put before, as often as it is run", async () => {
  expect(await listed()).toEqual([]);
  for (const _ of ["first", "again"]) {
    expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 3 });
    expect(await listed()).toEqual(cacheNames);
  }
});

test("a dry run counts and writes nothing", async () => {
  expect(await indexWebhooks({ ...options, isDryRun: true })).toEqual({ webhooks: 6, caches: 3 });
  expect(await listed()).toEqual([]);
});

test("tells how far it is, page by page", async () => {
  await indexWebhooks({ ...options, pageSize: 3 });
  expect(progress.length).toBeGreaterThan(2);
  expect(progress.at(-1)).toEqual({ webhooks: 6, caches: 3 });
});

test("ends when it is stopped, and is finished by another run", async () => {
  const stop = new AbortController();
  const onProgress = (counts: IndexCounts) => {
    if (counts.webhooks > 0) stop.abort();
  };
  const counts = await indexWebhooks({ ...options, pageSize: 3, signal: stop.signal, onProgress });
  expect(counts.webhooks).toBeLessThan(6);
  expect((await listed()).length).toBeLessThan(3);
  expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 3 });
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
  expect(await indexWebhooks(options)).toEqual({ webhooks: 6, caches: 2 });
  expect(await listed()).toEqual(["a", "c"]);
});
