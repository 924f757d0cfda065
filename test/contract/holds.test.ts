import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { WebhookHealth } from "../../shared/contract/health.ts";
import { Recovery } from "../../shared/contract/recovery.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { refusalOf } from "./gateway/refusal.ts";
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

/** On a busy machine a time may have passed when the response comes; the next one tells another. */
const isAhead = (time: string | null | undefined) => Date.parse(time ?? "") > Date.now();

test("a webhook with a backlog for its rate is limited, is found as such, and tells when it is free", async () => {
  const cacheName = freshCache();
  const { webhookId } = await subscribeIn(cacheName, { maxPerSecond: 0.1 });
  await publishMany(cacheName, 5);
  const found = await eventually(async () => {
    const [limited] = await inState(cacheName, "limited");
    return isAhead(limited?.health?.nextFreeTime) ? limited : undefined;
  });
  expect(found).toMatchObject({ webhookId, health: { state: "limited", nextProbeTime: null } });
  expect(found.health?.waiting).toBeGreaterThan(0);
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

test("a webhook whose breaker is open is held, and what is recovered waits with the rest", async () => {
  await using slow = await startReceiver({ delayMs: 3_000 });
  const cacheName = freshCache();
  const where = { topicName: "t", config: { timeoutSeconds: 1 } };
  const { webhookId } = await subscribe(root, slow, { cacheName, webhookName: "w" }, where);
  await publishMany(cacheName, 12);
  const found = await eventually(async () => {
    const [held] = await inState(cacheName, "held");
    return isAhead(held?.health?.nextProbeTime) ? held : undefined;
  });
  const health = { state: "held", lastStatusCode: null, nextFreeTime: null };
  expect(found).toMatchObject({ webhookId, health });
  expect(found.health?.waiting).toBeGreaterThan(0);
  const { held, jobId } = await recover(webhookId);
  expect(held).toBe(true);
  await eventually(async () => {
    const { body } = await succeed(root, "getRecovery", { webhookId, jobId });
    return z.parse(z.object({ response: Recovery }), body).response.state !== "running";
  });

  // Whose URL is repaired is sent what waits, and may recover the rest at the same time.
  const json = { destination: { postUrl: `${receiver.url}/repaired` }, topicName: "t" };
  await succeed(root, "putWebhook", { cacheName, webhookName: "w" }, { json });
  expect((await recover(webhookId)).jobId).not.toBe(jobId);
});

test("an inactive webhook cannot be resumed", async () => {
  const { webhookId } = await subscribeIn(freshCache());
  const json = { webhookStatus: "inactive" };
  await succeed(root, "updateWebhookStatus", { webhookId }, { json });
  const answer = await root.call("resumeWebhook", { webhookId });
  expect(refusalOf(answer)).toMatchObject({ status: 409, code: "FAILED_PRECONDITION_ERROR" });
});

const Started = z.object({
  response: z.object({ jobId: z.string(), held: z.optional(z.boolean()) }),
});

async function recover(webhookId: string) {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const json = { since, mode: "failed" };
  const { body } = await succeed(root, "recoverDeliveries", { webhookId }, { json });
  return z.parse(Started, body).response;
}
