import { afterAll, expect, test, vi } from "vitest";
import { listDeliveries } from "../../functions/http/deliveries/list-deliveries.ts";
import { dynamoDb } from "../../shared/aws/clients.ts";
import { cursorAfter } from "../../shared/domain/cursor.ts";
import { openDeliveryLog } from "../../shared/store/deliveries/delivery-log.ts";
import { mintMessageIds, seedHeads } from "../support/seeded-log.ts";
import { callerWith } from "../unit/functions/http-event.ts";
import { webhookId } from "../unit/samples.ts";
import { startTables } from "../unit/store/embedded-tables.ts";

const tables = await startTables();
afterAll(() => tables[Symbol.asyncDispose]());

const count = 100_000;
/** Small enough that the thousandth page has another behind it. */
const limit = 99;
const cacheName = "deep";
const publishedTimeMs = Date.now() - 3_600_000;

const deps = {
  webhooks: {
    find: async () => undefined,
    findLocation: async () => ({ cacheName, webhookName: "w" }),
  },
  log: openDeliveryLog(),
  suspensions: { has: async () => false },
};
const request = {
  params: { webhookId },
  headers: undefined,
  body: undefined,
  text: "",
  caller: callerWith({ caches: [cacheName] }),
};

/** Reads a page, and tells the calls that it took, each with the rows that the table went through. */
async function costlyPage(cursor: string | undefined) {
  const call = vi.spyOn(dynamoDb, "call");
  const page = await listDeliveries({ ...request, query: { limit, cursor } }, deps);
  const outputs = await Promise.all(call.mock.results.map(({ value }) => value));
  const cost = outputs.map(
    (output, n) => `${call.mock.calls[n]?.[0]}: ${Object(output).ScannedCount} rows`,
  );
  call.mockRestore();
  return { page, cost };
}

test("of 100,000 deliveries the thousandth page takes the same calls as the first", {
  timeout: 300_000,
}, async () => {
  const newestFirst = mintMessageIds(count, publishedTimeMs).reverse();
  const startedMs = performance.now();
  const seeding = { webhookId, cacheName, count, publishedTimeMs };
  await seedHeads(newestFirst, seeding, "delivered");
  const seededMs = performance.now() - startedMs;

  const first = await costlyPage(undefined);
  const [from, to] = [999 * limit, 1_000 * limit];
  const deep = await costlyPage(
    cursorAfter(`deliveries/${webhookId}`, newestFirst[from - 1] ?? ""),
  );

  console.log(
    `${count} deliveries, seeded in ${Math.round(seededMs / 1000)} s: ` +
      `page 1 took ${first.cost.join(", ")}; page 1,000 took ${deep.cost.join(", ")}`,
  );
  const idsOf = ({ page }: typeof first) => page.deliveries.map(({ messageId }) => messageId);
  expect(idsOf(first)).toEqual(newestFirst.slice(0, limit));
  expect(idsOf(deep)).toEqual(newestFirst.slice(from, to));
  expect(deep.page.nextCursor).not.toBeNull();
  expect(first.cost).toHaveLength(4);
  expect(deep.cost).toEqual(first.cost);
});
