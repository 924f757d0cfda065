import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { WebhookHealth } from "../../shared/contract/health.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { publish } from "./publish/messages.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { listWebhooks, subscribe, succeed } from "./webhooks.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const Resumed = z.object({ response: WebhookHealth });
const Retried = z.object({ response: z.object({ held: z.optional(z.boolean()) }) });

const subscribeIn = (cacheName: string, config = {}) =>
  subscribe(root, receiver, { cacheName, webhookName: "w" }, { topicName: "t", config });
async function publishMany(cacheName: string, howMany: number): Promise<string[]> {
  const messageIds: string[] = [];
  for (let n = 0; n < howMany; n += 1)
    messageIds.push(await publish(root, { cacheName, topicName: "t" }, { json: n }));
  return messageIds;
}

const inState = async (cacheName: string, state: string) =>
  (await listWebhooks(root, cacheName, { state, include: "health" })).webhooks;

test("a webhook with a backlog for its rate is limited, is found as such, and tells when it is free", async () => {
  const cacheName = freshCache();
  const { webhookId } = await subscribeIn(cacheName, { maxPerSecond: 0.1 });
  await publishMany(cacheName, 5);
  const [found] = await eventually(async () => {
    const limited = await inState(cacheName, "limited");
    return limited.length > 0 ? limited : undefined;
  });
  expect(found).toMatchObject({ webhookId, health: { state: "limited", nextProbeTime: null } });
  expect(found?.health?.waiting).toBeGreaterThan(0);
  expect(Date.parse(found?.health?.nextFreeTime ?? "")).toBeGreaterThan(Date.now());
  expect(await inState(cacheName, "held,failing,disabled")).toEqual([]);
});

test("a retry says that it is held where it waits for its turn, and nothing where it does not", async () => {
  const cacheName = freshCache();
  const limited = await subscribeIn(cacheName, { maxPerSecond: 0.1 });
  const free = await subscribeIn(freshCache());
  const retry = async ({ webhookId }: { webhookId: string }, messageId: string) => {
    const { body } = await succeed(root, "retryDelivery", { webhookId, messageId });
    return z.parse(Retried, body).response.held;
  };
  const messageIds = await publishMany(cacheName, 5);
  const posted = () => messageIds.find((messageId) => receiver.find(limited.path, messageId));
  const first = await eventually(posted);
  await eventually(async () => (await inState(cacheName, "limited")).length > 0);
  expect(await retry(limited, first)).toBe(true);
  const [other = ""] = await publishMany(free.webhook.id.cacheName, 1);
  await eventually(() => receiver.find(free.path, other));
  expect(await retry(free, other)).toBeUndefined();
});

test("resume is accepted with the health, and changes nothing where all is well", async () => {
  const { webhookId } = await subscribeIn(freshCache());
  const answer = await succeed(root, "resumeWebhook", { webhookId });
  expect(answer.status).toBe(202);
  expect(z.parse(Resumed, answer.body).response).toMatchObject({ state: "ok", waiting: 0 });
});
