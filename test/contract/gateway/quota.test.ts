import { expect, test } from "vitest";
import { inParallel } from "../../support/in-parallel.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { listWebhooks, plainBody, putWebhook, succeed } from "../webhooks.ts";
import { refusalOf } from "./refusal.ts";

const { root } = await openService();
const most = 1_000;
const nameOf = (number: number) => `w${String(number).padStart(4, "0")}`;

test("a cache holds 1,000 webhooks, which one list shows, and not one more", async () => {
  const cacheName = freshCache();
  const put = (number: number) =>
    root.call("putWebhook", { cacheName, webhookName: nameOf(number) }, { json: plainBody });
  await inParallel(most - 5, 16, async (number) => {
    expect((await put(number)).status).toBe(201);
  });

  const rivals = await Promise.all(Array.from({ length: 20 }, (_, n) => put(most - 5 + n)));
  expect(rivals.filter(({ status }) => status === 201)).toHaveLength(5);
  const refused = rivals.filter(({ status }) => status !== 201).map(refusalOf);
  expect(refused).toEqual(Array(15).fill({ status: 429, code: "LIMIT_EXCEEDED_ERROR", paths: [] }));

  const all = await listWebhooks(root, cacheName);
  expect(all.nextCursor).toBeNull();
  expect(all.webhooks).toHaveLength(most);
  const names = all.webhooks.map(({ id }) => id.webhookName);
  expect(names).toEqual([...names].sort());

  const page = await listWebhooks(root, cacheName, { limit: "999" });
  expect(page.webhooks).toEqual(all.webhooks.slice(0, 999));
  const rest = await listWebhooks(root, cacheName, {
    limit: "1000",
    cursor: page.nextCursor ?? "",
  });
  expect(rest).toEqual({ webhooks: all.webhooks.slice(999), nextCursor: null });

  // What is there can be replaced, what goes makes room, and other caches have room of their own.
  expect((await put(0)).status).toBe(200);
  await succeed(root, "deleteWebhook", { cacheName, webhookName: nameOf(0) });
  expect((await put(0)).status).toBe(201);
  expect((await put(most + 100)).status).toBe(429);
  expect((await putWebhook(root, { cacheName: freshCache(), webhookName: "w" })).status).toBe(201);
});

test("a cache has ten webhooks for the topic $hookcast, and not one more", async () => {
  const cacheName = freshCache();
  const body = { ...plainBody, topicName: "$hookcast" };
  const put = (number: number, json = body) =>
    root.call("putWebhook", { cacheName, webhookName: nameOf(number) }, { json });

  const rivals = await Promise.all(Array.from({ length: 15 }, (_, number) => put(number)));
  expect(rivals.filter(({ status }) => status === 201)).toHaveLength(10);
  const refused = rivals.filter(({ status }) => status !== 201).map(refusalOf);
  const refusal = { status: 429, code: "LIMIT_EXCEEDED_ERROR", paths: ["topicName"] };
  expect(refused).toEqual(Array(5).fill(refusal));

  // One of another topic cannot move there, and what is there can be replaced and makes room.
  expect((await put(20, plainBody)).status).toBe(201);
  expect(refusalOf(await put(20))).toEqual(refusal);
  const listening = rivals.findIndex(({ status }) => status === 201);
  expect((await put(listening)).status).toBe(200);
  expect((await put(listening, plainBody)).status).toBe(200);
  expect((await put(20)).status).toBe(200);
});

test("a list of long webhooks ends after 4 MiB with a cursor", async () => {
  const cacheName = freshCache();
  const [mebibyte, count] = [1_048_576, 320];
  const customHeaders = Object.fromEntries(
    Array.from({ length: 8 }, (_, n) => [`h${n}`, "v".repeat(500)]),
  );
  const body = {
    topicName: "\u{1f600}".repeat(128),
    destination: { postUrl: `https://client_domain.com/${"a".repeat(2_000)}` },
    events: Array.from({ length: 31 }, (_, n) => `e${n}`.padEnd(128, "x")),
    config: { customHeaders },
  };
  await inParallel(count, 16, async (number) => {
    await putWebhook(root, { cacheName, webhookName: nameOf(number) }, body);
  });

  const first = await succeed(root, "listWebhooks", { cacheName });
  expect(first.text.length).toBeGreaterThan(3.9 * mebibyte);
  expect(Buffer.byteLength(first.text)).toBeLessThan(4.1 * mebibyte);
  const { webhooks, nextCursor } = await listWebhooks(root, cacheName);
  const rest = await listWebhooks(root, cacheName, { cursor: nextCursor ?? "" });
  const names = [...webhooks, ...rest.webhooks].map(({ id }) => id.webhookName);
  expect(names).toEqual(Array.from({ length: count }, (_, number) => nameOf(number)));
  expect(rest.nextCursor).toBeNull();
});
