import { expect, test } from "vitest";
import * as z from "zod/mini";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { succeed } from "../webhooks.ts";
import { publish } from "./messages.ts";

const { root } = await openService();
const Listed = z.object({
  response: z.object({
    messages: z.array(z.looseObject({ messageId: z.string() })),
    nextCursor: z.nullable(z.string()),
  }),
});
const Message = z.object({ response: z.looseObject({ messageId: z.string() }) });

async function page(cacheName: string, query: Record<string, string> = {}) {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const sent = { query: { since, ...query } };
  return z.parse(Listed, (await succeed(root, "listMessages", { cacheName }, sent)).body).response;
}

test("shows what getMessage shows but the value, newest first, page by page", async () => {
  const cacheName = freshCache();
  const ids: string[] = [];
  for (const topicName of ["a", "b", "a"]) {
    ids.unshift(await publish(root, { cacheName, topicName }, { body: '"a secret value"' }));
  }
  const { messages, nextCursor } = await page(cacheName);
  expect([messages.map(({ messageId }) => messageId), nextCursor]).toEqual([ids, null]);
  expect(JSON.stringify(messages)).not.toContain("secret");
  for (const shown of messages) {
    const params = { cacheName, messageId: shown.messageId };
    const { value, ...rest } = z.parse(
      Message,
      (await succeed(root, "getMessage", params)).body,
    ).response;
    expect(shown).toEqual(rest);
    expect(value).toBe("a secret value");
  }
  const first = await page(cacheName, { limit: "2" });
  const second = await page(cacheName, { limit: "2", cursor: first.nextCursor ?? "" });
  expect([...first.messages, ...second.messages]).toEqual(messages);
  expect((await page(cacheName, { topicName: "b" })).messages).toEqual([messages[1]]);
});

test("filters by event and by time, and shows nothing of another cache", async () => {
  const cacheName = freshCache();
  const topic = { cacheName, topicName: "t" };
  const until = new Date().toISOString();
  const named = await publish(root, topic, { json: {}, query: { event: "invoice.paid" } });
  const coded = await publish(root, topic, { json: {}, query: { event: "101" } });
  const idsOf = async (query: Record<string, string>) =>
    (await page(cacheName, query)).messages.map(({ messageId }) => messageId);
  expect(await idsOf({ event: "invoice.paid" })).toEqual([named]);
  expect(await idsOf({ event: "101" })).toEqual([coded]);
  expect(await idsOf({ until })).toEqual([]);
  expect((await page(freshCache())).messages).toEqual([]);
});

test("names every bad field", async () => {
  const query = {
    ...{ limit: "0", cursor: "x", topicName: " ", event: "-1", since: "now", until: "then" },
    more: "1",
  };
  const answer = await root.call("listMessages", { cacheName: freshCache() }, { query });
  expect(refusalOf(answer)).toEqual(badFields(...Object.keys(query)));
});
