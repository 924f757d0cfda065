import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { Webhook } from "../../shared/contract/webhook.ts";
import { publish, subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { type Api, api } from "../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

const Details = z.object({ response: Webhook });
const topic = ["hour", "paid"] as const;

let run: LocalRun;
let receiver: Receiver;
let call: Api;

beforeAll(async () => {
  run = await startLocalRun();
  receiver = await startReceiver({
    handler: ({ path }) => ({ status: path.startsWith("/hour") ? 500 : 200 }),
  });
  call = api(run.url, run.key);
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

async function healthOf(webhookId: string) {
  const { body } = await call({
    method: "GET",
    path: `/api/v1/Webhooks/${webhookId}?include=health`,
  });
  const { health } = z.parse(Details, body).response;
  if (!health) throw new Error("no health");
  return health;
}

function publishMany(howMany: number): Promise<string[]> {
  return Promise.all(Array.from({ length: howMany }, (_, n) => publish(call, ...topic, { n })));
}

test("a webhook that answered 500 until its breaker opened gets all that waits once its URL is right", async () => {
  const { webhookId, secretString } = await subscribe(call, receiver, {
    cacheName: topic[0],
    webhookName: "billing",
    topicName: topic[1],
  });
  receiver.trust("/right", secretString);
  const messageIds = await publishMany(48);
  await eventually(async () => (await healthOf(webhookId)).state === "failing");
  // Failures in a row open it once they span a minute.
  let publishedMs = 0;
  await eventually(
    async () => {
      if (performance.now() - publishedMs > 5_000) {
        messageIds.push(...(await publishMany(1)));
        publishedMs = performance.now();
      }
      return (await healthOf(webhookId)).state === "held";
    },
    { timeoutMs: 150_000 },
  );
  // A busy machine has come less far within that minute.
  const parked = await publishMany(Math.max(2, 60 - messageIds.length));
  messageIds.push(...parked);
  await eventually(async () => (await healthOf(webhookId)).waiting === messageIds.length);
  expect(await healthOf(webhookId)).toMatchObject({
    state: "held",
    lastSuccessTime: null,
    lastStatusCode: 500,
    lastError: "HTTP 500",
    nextProbeTime: expect.any(String),
  });

  const fixedMs = performance.now();
  const config = { url: `${receiver.url}/right`, customHeaders: {} };
  const body = { productId: null, events: [], config };
  const fixed = await call({ method: "PUT", path: `/api/v1/Webhooks/${webhookId}`, body });
  expect(fixed.status).toBe(200);
  await eventually(() => messageIds.every((messageId) => receiver.find("/right", messageId)));
  const seconds = ((performance.now() - fixedMs) / 1_000).toFixed(1);
  process.stdout.write(`from fix to flow: ${seconds} s for ${messageIds.length} deliveries\n`);

  await eventually(async () => (await healthOf(webhookId)).state === "ok");
  const health = await healthOf(webhookId);
  expect(health).toMatchObject({ waiting: 0, lastStatusCode: 200, lastError: null });
  const ofRight = receiver.deliveries.filter(({ path }) => path === "/right");
  expect(ofRight.length).toBe(messageIds.length);
});
