import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Client } from "../client.ts";
import { makeKey } from "../gateway/keys.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root, client, operatorEnv } = await openService();
const Listed = z.object({
  response: z.object({
    caches: z.array(z.object({ cacheName: z.string() })),
    nextCursor: z.nullable(z.string()),
  }),
});

async function page(by: Client, query: Record<string, string> = {}) {
  const { body } = await succeed(by, "listCaches", {}, { query });
  const { caches, nextCursor } = z.parse(Listed, body).response;
  return { names: caches.map(({ cacheName }) => cacheName), nextCursor };
}

test("a cache is there from its first webhook on, also when that is deleted", async () => {
  const cacheName = freshCache();
  const before = await allNames();
  expect(before).not.toContain(cacheName);
  await putWebhook(root, { cacheName, webhookName: "w" });
  const after = await allNames();
  expect(after).toEqual(
    [...before, cacheName].sort((a, b) => Buffer.from(a).compare(Buffer.from(b))),
  );
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "w" });
  expect(await allNames()).toContain(cacheName);
});

/** Page by page, so that other tests' caches do not matter. */
async function allNames(): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "7", ...(cursor !== null && { cursor }) };
    const next: Awaited<ReturnType<typeof page>> = await page(root, query);
    names.push(...next.names);
    cursor = next.nextCursor;
  } while (cursor !== null);
  return names;
}

describe.skipIf(operatorEnv === undefined)(
  "keys of some caches (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    test("a key of some caches sees its own that exist, and no cursor of another", async () => {
      const [one, two, never] = [freshCache(), freshCache(), freshCache()];
      for (const cacheName of [one, two]) await putWebhook(root, { cacheName, webhookName: "w" });
      const mine = client(await makeKey(operatorEnv ?? {}, { caches: [two, never, one] }));
      expect(await page(mine)).toEqual({ names: [one, two].sort(), nextCursor: null });
      const { nextCursor } = await page(root, { limit: "1" });
      const sent = { query: { cursor: nextCursor ?? "", limit: "0" } };
      expect(refusalOf(await mine.call("listCaches", {}, sent))).toEqual(
        badFields("cursor", "limit"),
      );
    });
  },
);
