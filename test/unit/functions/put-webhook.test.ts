import { expect, test } from "vitest";
import { putWebhook } from "../../../functions/http/webhooks/put-webhook.ts";
import type { PutWebhookBody } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { memoryWebhooks, openBookVault } from "./memory-webhooks.ts";
import { nothingWaits } from "./nothing-waits.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const leastBody = { destination: { postUrl: "https://a.example/hook" }, topicName: "paid" };

const standing = webhookWith({
  productId: 7,
  events: [101],
  format: "raw",
  timeoutSeconds: 3,
  status: "inactive",
  statusReason: "gone",
  sealedSecret: `secret of whk: ${secret}`,
  sealedHeaders: 'headers of whk: {"a":"1"}',
  createdTimeMs: 1_000,
  lastModifiedTimeMs: 2_000,
  version: 4,
});

interface Options {
  ifMatch?: string;
  webhooksPerCache?: number;
  now?: () => number;
}

function put(
  { store, writer }: ReturnType<typeof memoryWebhooks>,
  body: PutWebhookBody,
  { ifMatch, webhooksPerCache = 10, now = () => nowMs }: Options = {},
) {
  const input = {
    params: { cacheName: "orders", webhookName: "billing" },
    query: undefined,
    headers: { "if-match": ifMatch },
    body,
    text: "",
    caller: callerWith(),
  };
  return putWebhook(input, {
    ...nothingWaits,
    webhooks: store,
    writer,
    vault: openBookVault,
    suspensions: suspensionsOf(),
    webhooksPerCache,
    now,
  });
}

test("creates a webhook with defaults and a new secret", async () => {
  const memory = memoryWebhooks();
  const { status, headers, value } = await put(memory, leastBody);
  expect(status).toBe(201);
  expect(value.secretString).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(value.webhook).toEqual({
    webhookId: value.webhookId,
    id: { cacheName: "orders", webhookName: "billing" },
    topicName: "paid",
    destination: { postUrl: "https://a.example/hook" },
    productId: null,
    events: [],
    webhookStatus: "active",
    config: {
      url: "https://a.example/hook",
      customHeader: {},
      customHeaders: {},
      format: "standard",
      timeoutSeconds: 15,
    },
    createdTime: "2024-01-24T23:20:28Z",
    lastModifiedTime: "2024-01-24T23:20:28Z",
  });
  expect(headers.etag).toBe(`"${value.webhookId}.1"`);
  expect(memory.all()).toMatchObject([
    {
      webhookId: value.webhookId,
      sealedSecret: `secret of ${value.webhookId}: ${value.secretString}`,
    },
  ]);
});

test("creates a complete webhook in one call, with a secret that moves here", async () => {
  const config = { customHeaders: { b: "2" }, format: "momento", timeoutSeconds: 30 } as const;
  const body = { ...leastBody, productId: 1, events: ["a.b"], config, secretString: secret };
  const { value } = await put(memoryWebhooks(), body);
  expect(value.secretString).toBe(secret);
  expect(value.webhook).toMatchObject({
    productId: 1,
    events: ["a.b"],
    config: { ...config, customHeader: { b: "2" } },
  });
});

test("replaces topic and URL and leaves alone what it was not sent", async () => {
  const memory = memoryWebhooks(standing);
  const { status, value } = await put(memory, { ...leastBody, topicName: "refunded" });
  expect(status).toBe(200);
  expect(value).toMatchObject({ webhookId: standing.webhookId, secretString: secret });
  expect(memory.all()).toEqual([
    {
      ...standing,
      topicName: "refunded",
      url: "https://a.example/hook",
      headerNames: ["a"],
      version: 5,
      lastModifiedTimeMs: nowMs,
    },
  ]);
});

test("replaces whatever else it was sent, also by null and by nothing", async () => {
  const memory = memoryWebhooks(standing);
  const other = `whsec_${"B".repeat(32)}`;
  const config = { customHeader: {}, timeoutSeconds: 30 };
  const body = { ...leastBody, productId: null, events: [], config, secretString: other };
  const { value } = await put(memory, body);
  expect(value.secretString).toBe(other);
  expect(memory.all()).toMatchObject([
    { productId: null, events: [], sealedHeaders: undefined, timeoutSeconds: 30, format: "raw" },
  ]);
});

test("never turns the time of the last change back", async () => {
  const memory = memoryWebhooks(standing);
  await put(memory, leastBody, { now: () => 1_500 });
  expect(memory.all()).toMatchObject([{ lastModifiedTimeMs: 2_000 }]);
});

test("puts what If-Match names and refuses a stale tag with 412, on a new webhook too", async () => {
  const memory = memoryWebhooks(standing);
  const stale = { code: "FAILED_PRECONDITION_ERROR", status: 412 };
  const tag = (version: number) => `"${standing.webhookId}.${version}"`;
  await expect(put(memory, leastBody, { ifMatch: tag(3) })).rejects.toMatchObject(stale);
  await expect(put(memoryWebhooks(), leastBody, { ifMatch: "*" })).rejects.toMatchObject(stale);
  expect(await put(memory, leastBody, { ifMatch: `${tag(3)}, ${tag(4)}` })).toMatchObject({
    headers: { etag: tag(5) },
  });
  expect(await put(memory, leastBody, { ifMatch: "*" })).toMatchObject({ status: 200 });
});

test("refuses one webhook more than the cache may hold, but replaces in a full one", async () => {
  const full = memoryWebhooks(webhookWith({ webhookName: "other" }));
  await expect(put(full, leastBody, { webhooksPerCache: 1 })).rejects.toMatchObject({
    code: "LIMIT_EXCEEDED_ERROR",
    status: 429,
  });
  const memory = memoryWebhooks(standing);
  expect(await put(memory, leastBody, { webhooksPerCache: 1 })).toMatchObject({ status: 200 });
});

test("replaces what somebody else created in the meantime", async () => {
  const memory = memoryWebhooks();
  const { store } = memory;
  let looks = 0;
  const late = {
    ...memory,
    store: {
      ...store,
      async find(cacheName: string, webhookName: string) {
        looks += 1;
        if (looks > 1) return store.find(cacheName, webhookName);
        await memory.writer.create(standing, 10);
        return undefined;
      },
    },
  };
  const { status, value } = await put(late, leastBody);
  expect(status).toBe(200);
  expect(value.webhookId).toBe(standing.webhookId);
});

const alerts = { format: "slack" } as const;

test("the formats of alerts are for topics that begin with $, whatever of the two comes later", async () => {
  const memory = memoryWebhooks();
  const put$ = { ...leastBody, topicName: "$hookcast" };
  await expect(put(memory, { ...leastBody, config: alerts })).rejects.toMatchObject({
    status: 400,
    details: [{ path: "config.format" }],
  });
  await put(memory, put$);
  await put(memory, { ...put$, config: alerts });
  await expect(put(memory, leastBody)).rejects.toMatchObject({
    status: 400,
    details: [{ path: "topicName" }],
  });
  expect(memory.all()).toMatchObject([{ topicName: "$hookcast", format: "slack", version: 2 }]);
  await put(memory, { ...leastBody, config: { format: "standard" } });
  expect(memory.all()).toMatchObject([{ topicName: "paid", format: "standard" }]);
});

test("a masked URL keeps the stored one, and makes no webhook", async () => {
  const memory = memoryWebhooks(webhookWith({ url: "https://a.example/in/token" }));
  const body = { ...leastBody, destination: { postUrl: "https://a.example/in/•••" } };
  await put(memory, body);
  expect(memory.all()).toMatchObject([{ url: "https://a.example/in/token", version: 2 }]);
  await expect(put(memoryWebhooks(), body)).rejects.toMatchObject({
    status: 400,
    details: [{ path: "destination.postUrl" }],
  });
});
