import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "../../client/client.ts";
import { createClient } from "../../client/create-client.ts";
import { HookcastError } from "../../client/errors.ts";
import { verify } from "../../client/verify.ts";
import { verifyMomento } from "../../client/verify-momento.ts";
import { routes } from "../../shared/contract/routes.ts";
import { eventually } from "../support/eventually.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

let run: LocalRun;
let receiver: Receiver;
let hookcast: Client;

beforeAll(async () => {
  run = await startLocalRun();
  receiver = await startReceiver();
  hookcast = createClient(run);
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

/** A client that notes which operations were called. */
function watched(client: Client, called: Set<string>): Client {
  return new Proxy(client, {
    get(target, name, itself) {
      called.add(String(name));
      return Reflect.get(target, name, itself);
    },
  });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What the catalogue has for those who call it from a program. */
async function catalogue(client: Client): Promise<void> {
  const name = { topicName: "tour", event: 101 };
  const put = await client.putEventType({ ...name, group: "Tour", schema: { type: "object" } });
  expect(put.eventType).toMatchObject({ ...name, group: "Tour", schemaVersion: 1 });
  expect(await client.getEventType(name)).toEqual(put.eventType);
  const listed = await all(client.listEventTypes({ topicName: "tour" }));
  expect(listed.map(({ event }) => event)).toEqual([101]);
  const document = await client.exportEventTypes({ document: "openapi.json", topicName: "tour" });
  const exported = { openapi: "3.1.0", ...document, webhooks: Object(document.webhooks) };
  const dry = await client.importEventTypes({ document: exported, dryRun: true });
  expect(dry).toMatchObject({ dryRun: true, changes: [{ ...name, change: "unchanged" }] });
  expect(await client.deleteEventType(name)).toEqual({});
}

test("every operation is a method that works", async () => {
  const called = new Set<string>();
  const client = watched(hookcast, called);
  const webhook = { cacheName: "tour", webhookName: "größe 1" };
  const topic = { cacheName: "tour", topicName: "paid" };
  const postUrl = `${receiver.url}/tour`;

  const put = await client.putWebhook({ ...webhook, destination: { postUrl }, topicName: "paid" });
  const { webhookId, secretString } = put;
  expect(await client.getWebhookSecret(webhook)).toEqual({ ...webhook, secret: secretString });
  const details = await client.getWebhookDetails({ webhookId });
  expect(details).toEqual(put.webhook);
  expect(await all(client.listWebhooks({ cacheName: "tour" }))).toEqual([details]);

  const json = '{ "id": 9007199254740993 }';
  const { messageId } = await client.publish({ ...topic, json });
  const delivery = await eventually(() => receiver.find("/tour", messageId));
  expect(delivery.body.toString()).toContain(json);
  expect(await verify(delivery, { secret: secretString })).toMatchObject({ type: "paid" });
  expect(verifyMomento(delivery, { secret: secretString })).toMatchObject({ type: "paid" });
  const kept = await client.call("getMessage", { cacheName: "tour", messageId });
  expect(kept.text).toContain(json);
  expect((await client.getMessage({ cacheName: "tour", messageId })).contentType).toBe(
    "application/json",
  );

  const { results } = await client.publishBatch({
    ...topic,
    messages: [{ json }, { bytes: Uint8Array.of(0xff) }, { text: "größe" }],
  });
  expect(results).toEqual(results.map(() => ({ messageId: expect.stringMatching(/^msg_/) })));

  const attempted = await eventually(async () => {
    const read = await client.getDelivery({ webhookId, messageId });
    return read.status === "delivered" ? read : undefined;
  });
  expect(attempted.attempts).toMatchObject([{ attempt: 1, statusCode: 200 }]);
  const listed = await eventually(async () => {
    const found = await all(client.listDeliveries({ webhookId, limit: 1 }));
    return found.length === 4 ? found : undefined;
  });
  expect(listed.at(-1)).toMatchObject({ messageId, status: "delivered" });
  expect(await client.retryDelivery({ webhookId, messageId })).toEqual({ messageId });
  const again = { cacheName: "tour", messageId, webhookIds: [webhookId] };
  expect(await client.retryMessage(again)).toEqual({ results: [{ webhookId }] });
  expect(await client.testWebhook({ webhookId })).toMatchObject({ delivered: true });

  const since = new Date(Date.now() - 60_000).toISOString();
  const { jobId } = await client.recoverDeliveries({ webhookId, since, mode: "failed" });
  const recovery = await eventually(async () => {
    const read = await client.getRecovery({ webhookId, jobId });
    return read.state === "completed" ? read : undefined;
  });
  expect(recovery).toMatchObject({ matched: 0, enqueued: 0 });

  const another = { ...webhook, webhookName: "another" };
  const created = await client.createWebhook({
    ...{ id: another, topicName: "paid", config: { url: postUrl } },
  });
  expect(created.webhook.id).toEqual(another);
  const everywhere = await all(client.listAllWebhooks({ cacheName: "tour" }));
  expect(everywhere.map(({ id }) => id)).toEqual([another, webhook]);
  expect(await client.deleteWebhook(another)).toEqual({});
  expect((await client.resumeWebhook({ webhookId })).state).toBe("ok");
  expect((await client.getWebhookStats({ webhookId })).buckets?.length).toBeGreaterThan(0);
  expect((await client.getOverview({})).counts.ok).toBeGreaterThan(0);
  expect(await all(client.listCaches({}))).toContainEqual({ cacheName: "tour" });
  const messages = await all(client.listMessages({ cacheName: "tour" }));
  expect(messages.map((message) => message.messageId)).toContain(messageId);
  const everyone = await all(client.getMessageDeliveries({ cacheName: "tour", messageId }));
  expect(everyone.map((one) => one.webhookId)).toContain(webhookId);

  expect(await client.getPublicKeys({ cacheName: "tour" })).toEqual({ keys: [] });
  const { keys } = await client.rotateSigningKey({ cacheName: "tour" });
  expect(await client.getPublicKeys({ cacheName: "tour" })).toEqual({ keys });

  const filter = { value: { id: [1] } };
  expect(await client.testFilter({ cacheName: "tour", filter, value: { id: 2 } })).toEqual({
    matches: false,
    because: ["value.id"],
  });

  const session = await client.createPortalSession({ cacheName: "tour", topics: ["paid"] });
  const page = watched(createClient({ ...run, key: session.token }), called);
  expect(await page.getPortal({})).toMatchObject({ cacheName: "tour", topics: ["paid"] });
  expect(await all(page.listWebhooks({ cacheName: "tour" }))).toHaveLength(1);
  const { sessionId } = session;
  expect(await client.deletePortalSession({ cacheName: "tour", sessionId })).toEqual({});

  const rotated = await client.rotateWebhookSecret({ ...webhook, graceHours: 1 });
  expect(rotated.secret).not.toBe(secretString);
  const update = { productId: 7, events: [101], config: details.config };
  expect((await client.updateWebhookDetails({ webhookId, ...update })).productId).toBe(7);
  const status = await client.updateWebhookStatus({ webhookId, webhookStatus: "inactive" });
  expect(status.webhookStatus).toBe("Webhook is inactive.");
  expect(await client.deleteWebhook(webhook)).toEqual({});
  const { cacheName } = webhook;
  expect(await client.suspendCache({ cacheName })).toEqual({ cacheName, cacheStatus: "suspended" });
  expect(await client.resumeCache({ cacheName })).toEqual({ cacheName, cacheStatus: "active" });
  await catalogue(client);
  expect(await client.getEgressAddresses({})).toEqual({ addresses: [] });
  expect(await client.getOpenApi({})).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });

  expect([...called]).toEqual(expect.arrayContaining(Object.keys(routes)));
});

test("publishing again under a key of one's own gives the same message", async () => {
  const message = { cacheName: "keys", topicName: "t", value: {}, idempotencyKey: "order-1" };
  const first = await hookcast.publish(message);
  expect(await hookcast.publish(message)).toEqual(first);
  expect(await hookcast.publish({ ...message, idempotencyKey: "order-2" })).not.toEqual(first);
  await expect(hookcast.publish({ ...message, value: 1 })).rejects.toMatchObject({
    ...{ status: 409, code: "ALREADY_EXISTS_ERROR" },
  });
});

test("filters reach the service as they are meant", async () => {
  const path = "/filters/w";
  const put = await hookcast.putWebhook({
    ...{ cacheName: "filters", webhookName: "w", topicName: "t" },
    ...{ destination: { postUrl: receiver.url + path }, events: [101], productId: 7 },
  });
  receiver.trust(path, put.secretString);
  const message = { cacheName: "filters", topicName: "t", text: "größe" };
  const unwanted = await hookcast.publish({ ...message, event: 102, productId: 7 });
  const wanted = await hookcast.publish({ ...message, event: 101, productId: 7 });

  const delivery = await eventually(() => receiver.find(path, wanted.messageId));
  expect(JSON.parse(delivery.body.toString())).toMatchObject({ type: "101", data: "größe" });
  expect(receiver.find(path, unwanted.messageId)).toBeUndefined();
});

test("versions guard a webhook against being changed twice at once", async () => {
  const webhook = { cacheName: "versions", webhookName: "w", topicName: "t" };
  const destination = { postUrl: `${receiver.url}/versions` };
  const { webhookId } = await hookcast.putWebhook({ ...webhook, destination });
  const { etag = "" } = await hookcast.call("getWebhookDetails", { webhookId });
  const known = { headers: { "if-none-match": etag } };
  const unchanged = await hookcast.call("getWebhookDetails", { webhookId }, known);
  expect(unchanged).toMatchObject({ status: 304, response: undefined });

  const switchOff = { webhookId, webhookStatus: "inactive" } as const;
  await hookcast.updateWebhookStatus(switchOff, { headers: { "if-match": etag } });
  const late = hookcast.deleteWebhook(webhook, { headers: { "if-match": etag } });
  await expect(late).rejects.toMatchObject({ status: 412, code: "FAILED_PRECONDITION_ERROR" });
});

test("refusals of the service and of the gateway are errors that tell why", async () => {
  const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";
  const unknown = await hookcast.getWebhookDetails({ webhookId }).catch((error) => error);
  expect(unknown).toBeInstanceOf(HookcastError);
  expect(unknown).toMatchObject({
    status: 404,
    code: "NOT_FOUND_ERROR",
    requestId: expect.stringMatching(/./),
  });

  const recover = { webhookId, since: "yesterday", mode: "failed" } as const;
  const bad = await hookcast.recoverDeliveries(recover).catch((error) => error);
  expect(bad).toMatchObject({ code: "INVALID_ARGUMENT_ERROR", details: [{ path: "since" }] });

  const stranger = createClient({ ...run, key: "hk_unknown" });
  const refused = await stranger.getWebhookDetails({ webhookId }).catch((error) => error);
  expect(refused).toBeInstanceOf(HookcastError);
  expect(refused).toMatchObject({ status: 403, code: undefined });
});
