import { beforeAll, expect, test } from "vitest";
import { openWebhookStore } from "../../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../../shared/store/webhooks/webhook-writer.ts";
import { webhookWith } from "../../samples.ts";
import { useTables } from "../embedded-tables.ts";

const names = ["2", "10", "A", "a", "count", "flags", "z", "ä", "一", "💳", "webhook"];
const inByteOrder = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

useTables();
const store = openWebhookStore();

beforeAll(async () => {
  const writer = openWebhookWriter();
  for (const [index, webhookName] of names.entries()) {
    const webhookId = `whk_01JDB2Q5V8K3M4N6P7R8S9TA${String(index).padStart(2, "0")}`;
    const format = index === 0 ? ("momento" as const) : ("raw" as const);
    await writer.create(webhookWith({ webhookId, webhookName, format }), 1000);
  }
});

async function namesOf(cacheName: string, after: string | undefined, limit: number) {
  const seen: string[] = [];
  for await (const { webhookName } of store.inNameOrder(cacheName, { after, limit })) {
    seen.push(webhookName);
  }
  return seen;
}

test.each([1, 3, 100])("lists every webhook once in name order, by pages of %i", async (limit) => {
  expect(await namesOf("orders", undefined, limit)).toEqual(inByteOrder);
});

test("goes on behind a name, whether a webhook has it or not", async () => {
  expect(await namesOf("orders", "a", 3)).toEqual(inByteOrder.slice(inByteOrder.indexOf("a") + 1));
  expect(await namesOf("orders", "b", 3)).toEqual(inByteOrder.slice(inByteOrder.indexOf("a") + 1));
  expect(await namesOf("orders", inByteOrder.at(-1), 3)).toEqual([]);
});

test("lists nothing of a cache that nobody has used, or whose name begins alike", async () => {
  expect(await namesOf("order", undefined, 10)).toEqual([]);
  expect(await namesOf("orders2", undefined, 10)).toEqual([]);
});

test("pages through a topic's subscribers, and knows of numbers from the first page", async () => {
  const first = await store.subscribers("orders", "paid", { limit: 5 });
  expect(first.numbered).toBe(true);
  expect(first.subscriptions).toHaveLength(4);
  const seen = first.subscriptions.map(({ webhookName }) => webhookName);
  let after = first.last;
  while (after !== undefined) {
    expect(seen.at(-1)).toBe(after);
    const page = await store.subscribers("orders", "paid", { after, limit: 3 });
    seen.push(...page.subscriptions.map(({ webhookName }) => webhookName));
    after = page.last;
  }
  expect(seen).toEqual(inByteOrder);
});
