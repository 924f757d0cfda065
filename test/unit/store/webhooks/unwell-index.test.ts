import { beforeEach, expect, test, vi } from "vitest";
import { dynamoDb } from "../../../../shared/aws/clients.ts";
import type { Health } from "../../../../shared/domain/breaker/health-record.ts";
import {
  changeWebhook,
  type WebhookRecord,
} from "../../../../shared/domain/webhooks/webhook-record.ts";
import { openHealthStore } from "../../../../shared/store/health/health-store.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { dynamoDatabase } from "../../../../shared/store/table/database.ts";
import { openTable } from "../../../../shared/store/table/table.ts";
import { openUnwellCleaner } from "../../../../shared/store/webhooks/unwell-cleaner.ts";
import { openUnwellWebhooks } from "../../../../shared/store/webhooks/unwell-webhooks.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { freshWebhookId, publishedTimeMs, webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

useTables();
const minuteMs = 60_000;
const writer = openWebhookWriter();
const unwell = openUnwellWebhooks();
let cacheName = "";
let caches = 0;
beforeEach(() => {
  caches += 1;
  cacheName = `cache ${String(caches).padStart(2, "0")}`;
});

const closed: Health = {
  ...{ version: 1, failures: 0, timeouts: 0, failingSinceMs: null },
  breaker: { kind: "closed" },
};
const failing: Health = { ...closed, failures: 1, failingSinceMs: publishedTimeMs };
const held: Health = {
  ...failing,
  version: 2,
  breaker: { kind: "open", stepSeconds: 10, tick: 2, nextTickMs: publishedTimeMs },
};
const draining: Health = {
  ...closed,
  breaker: {
    ...{ kind: "draining", ratePerSecond: 1, tick: 1, nextTickMs: 0, ticks: 0, failures: 0 },
    ...{ hasSucceeded: false, reopenStepSeconds: 10, isLimited: true },
  },
};

async function put(webhookName = "w"): Promise<WebhookRecord> {
  const webhook = webhookWith({ webhookId: freshWebhookId(), cacheName, webhookName });
  await writer.create(webhook, 1_000);
  return webhook;
}

/** An environment that writes health, and what of it goes into the index. */
function openEnvironment() {
  let nowMs = publishedTimeMs;
  const writeAll = vi.fn(dynamoDatabase.writeAll);
  const healths = openHealthStore({ ...dynamoDatabase, writeAll }, () => nowMs);
  const become = async (webhook: WebhookRecord, health: Health | undefined) => {
    const before = await healths.find(webhook.webhookId);
    expect(await healths.change(webhook, before, health)).toBe(true);
  };
  return {
    writeAll,
    healths,
    become,
    pass: (minutes: number) => {
      nowMs += minutes * minuteMs;
    },
  };
}

async function found(of = cacheName): Promise<string[]> {
  const webhooks = await Array.fromAsync(unwell.inNameOrder(of, { limit: 10 }));
  return webhooks.map(({ webhookName }) => webhookName);
}

/** Cleans the index so much later. */
const cleanAfter = (minutes: number) =>
  openUnwellCleaner().clean(publishedTimeMs + minutes * minuteMs, () => false);
const isListed = async () =>
  (await openTable("WEBHOOKS_TABLE").get(keys.unwellCache(cacheName))) !== undefined;

test.each([
  ["fails", failing],
  ["is held", held],
  ["has a backlog for its rate", draining],
])("a webhook that %s is found by its cache", async (_, health) => {
  const { become } = openEnvironment();
  await put("ok");
  await become(await put("w"), health);
  expect([await found(), await isListed()]).toEqual([["w"], true]);
});

test("a webhook that is made inactive is found, and one that is deleted is not", async () => {
  const [first, second] = [await put("first"), await put("second")];
  for (const webhook of [first, second]) {
    const next = changeWebhook(webhook, { status: "inactive" }, publishedTimeMs);
    expect(await writer.replace(webhook, next)).toBe("written");
    if (webhook === second) await writer.remove(next, publishedTimeMs, 0);
  }
  expect(await found()).toEqual(["first"]);
});

test("it is in the index before it is unwell, so that a crash in between hides nothing", async () => {
  const webhook = await put();
  const { healths, writeAll } = openEnvironment();
  const before = await healths.find(webhook.webhookId);
  writeAll.mockRejectedValueOnce(new Error("crash"));
  await expect(healths.change(webhook, before, failing)).rejects.toThrow("crash");
  expect(await healths.find(webhook.webhookId)).toEqual(before);
  expect(await healths.change(webhook, before, failing)).toBe(true);
  expect(await found()).toEqual(["w"]);
});

test("nothing is written for one that is well, and once where failures come and go", async () => {
  const webhook = await put();
  const { become, pass, writeAll } = openEnvironment();
  await become(webhook, { ...closed, version: 5, slowUntilMs: publishedTimeMs });
  await become(webhook, undefined);
  expect(writeAll).not.toHaveBeenCalled();
  for (let minute = 0; minute < 29; minute += 1) {
    await become(webhook, failing);
    await become(webhook, undefined);
    pass(1);
  }
  expect(writeAll).toHaveBeenCalledTimes(1);
  expect(writeAll.mock.calls[0]?.[1]).toHaveLength(2);
  pass(2);
  await become(webhook, failing);
  expect(writeAll).toHaveBeenCalledTimes(2);
});

test("a cache's row is written once for many of its webhooks", async () => {
  const { become, writeAll } = openEnvironment();
  for (const webhookName of ["a", "b", "c"]) await become(await put(webhookName), failing);
  expect(writeAll.mock.calls.map(([, rows]) => rows.length)).toEqual([2, 1, 1]);
});

test("is read in name order, a page at a time, and by the caches that have some", async () => {
  const { become } = openEnvironment();
  const names = Array.from({ length: 25 }, (_, n) => `w${String(n).padStart(2, "0")}`);
  for (const name of names) await become(await put(name), failing);
  expect(await found()).toEqual(names);
  const from = unwell.inNameOrder(cacheName, { after: "w20", limit: 2 });
  expect((await Array.fromAsync(from)).map(({ webhookName }) => webhookName)).toEqual(
    names.slice(21),
  );
  const before = `cache ${String(caches - 1).padStart(2, "0")}`;
  expect((await unwell.page(before, 1)).cacheNames).toEqual([cacheName]);
});

test("what is ok again is taken out after an hour, and what is not ok stays", async () => {
  const { become } = openEnvironment();
  const [well, ill] = [await put("well"), await put("ill")];
  const [off, gone] = [await put("off"), await put("gone")];
  for (const webhook of [well, ill, gone]) await become(webhook, failing);
  await become(well, undefined);
  await writer.replace(off, changeWebhook(off, { status: "inactive" }, publishedTimeMs));
  await writer.remove(gone, publishedTimeMs, 0);
  await cleanAfter(60);
  expect(await found()).toEqual(["ill", "off", "well"]);
  await cleanAfter(61);
  expect(await found()).toEqual(["ill", "off"]);
  expect(await openTable("WEBHOOKS_TABLE").get(keys.unwell(cacheName, "gone"))).toBeUndefined();
  expect(await isListed()).toBe(true);
  await become(ill, undefined);
  await writer.remove({ ...off, version: 2 }, publishedTimeMs, 0);
  await cleanAfter(61);
  expect([await found(), await isListed()]).toEqual([[], false]);
});

test("what becomes unwell while it is being taken out stays", async () => {
  const environment = openEnvironment();
  const webhook = await put();
  await environment.become(webhook, failing);
  await environment.become(webhook, undefined);
  environment.pass(60);
  const call = dynamoDb.call.bind(dynamoDb);
  let isFirst = true;
  const spy = vi.spyOn(dynamoDb, "call").mockImplementation(async (name, input) => {
    if (name === "DeleteItem" && isFirst) {
      isFirst = false;
      await environment.become(webhook, failing);
    }
    return call(name, input);
  });
  await cleanAfter(62);
  spy.mockRestore();
  expect([await found(), await isListed()]).toEqual([["w"], true]);
});

test("a cleaning that runs out of time goes on the next time", async () => {
  const { become } = openEnvironment();
  const webhook = await put();
  await become(webhook, failing);
  await become(webhook, undefined);
  expect(await openUnwellCleaner().clean(publishedTimeMs + 61 * minuteMs, () => true)).toBe(0);
  expect(await found()).toEqual(["w"]);
  expect(await cleanAfter(61)).toBeGreaterThanOrEqual(2);
  expect(await found()).toEqual([]);
});
