import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Overview } from "../../../shared/contract/stats.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { Client } from "../client.ts";
import { makeKey } from "../gateway/keys.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { putWebhook, subscribe, succeed } from "../webhooks.ts";

const { root, client, operatorEnv } = await openService();
const cacheName: string = freshCache();
const otherCache: string = freshCache();
const receiver = await startReceiver({
  handler: ({ path }) => ({ status: path.endsWith("/fails") ? 500 : 200 }),
});
afterAll(() => receiver[Symbol.asyncDispose]());

async function overview(by: Client, query: Record<string, string> = {}): Promise<Overview> {
  const { body } = await succeed(by, "getOverview", {}, { query });
  return z.parse(z.object({ response: Overview }), body).response;
}

const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((a, b) => a + (b ?? 0), 0);

test("tells states, the last day and the worst webhooks of a cache", async () => {
  for (const webhookName of ["works", "fails"]) {
    await subscribe(root, receiver, { cacheName, webhookName }, { topicName: "t" });
  }
  const off = await putWebhook(root, { cacheName, webhookName: "off" });
  const { webhookId } = off;
  await succeed(
    root,
    "updateWebhookStatus",
    { webhookId },
    { json: { webhookStatus: "inactive" } },
  );
  await putWebhook(root, { cacheName: otherCache, webhookName: "elsewhere" });
  await publish(root, { cacheName, topicName: "t" }, { json: 1 });

  const found = await eventually(async () => {
    const looked = await overview(root, { cacheName });
    return looked.counts.failing === 1 && looked.last24Hours?.delivered === 1 ? looked : undefined;
  });
  expect(found.counts).toEqual({ ok: 1, failing: 1, limited: 0, held: 0, disabled: 1 });
  expect(found.last24Hours).toEqual({ delivered: 1, failed: 0, webhooks: 3 });
  expect(found.webhooks).toMatchObject([
    { cacheName, webhookName: "fails", health: { state: "failing" } },
    { webhookName: "off", webhookId, health: { state: "disabled" } },
    { webhookName: "works", health: { state: "ok", waiting: 0 } },
  ]);
  const works = found.webhooks.at(-1)?.hours ?? [];
  expect(works).toHaveLength(24);
  expect(sum(works.map(([delivered]) => delivered))).toBe(1);
});

describe.skipIf(operatorEnv === undefined)(
  "keys of some caches (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    test("a key sees its own caches, and no other by name", async () => {
      const mine = client(
        await makeKey(operatorEnv ?? {}, { caches: [otherCache], permissions: ["read"] }),
      );
      await putWebhook(root, { cacheName: otherCache, webhookName: "elsewhere" });
      const { counts, webhooks } = await overview(mine);
      expect(counts).toEqual({ ok: 1, failing: 0, limited: 0, held: 0, disabled: 0 });
      expect(webhooks.map((webhook) => webhook.cacheName)).toEqual([otherCache]);
      const refused = await mine.call("getOverview", {}, { query: { cacheName } });
      expect(refusalOf(refused)).toMatchObject({ status: 403, code: "PERMISSION_ERROR" });
    });
  },
);

test("a cache that nobody uses is empty, and every bad field is named", async () => {
  const { counts, webhooks } = await overview(root, { cacheName: freshCache() });
  expect([sum(Object.values(counts)), webhooks]).toEqual([0, []]);
  const query: Record<string, string> = { cacheName: " ", limit: "1" };
  expect(refusalOf(await root.call("getOverview", {}, { query }))).toEqual(
    badFields("cacheName", "limit"),
  );
});
