import { beforeEach, expect, test } from "vitest";
import { createWebhook } from "../../../functions/http/webhooks/create-webhook.ts";
import {
  type CreateWebhookBody,
  createWebhook as route,
} from "../../../shared/contract/operations/webhooks/create-webhook.ts";
import { checkCreate } from "../../../shared/runtime/create-check.ts";
import { readRequest } from "../../../shared/runtime/request.ts";
import { conflict } from "../../../shared/store/table/table.ts";
import { noSigningKeys } from "../delivery/no-signing-keys.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookWith } from "../samples.ts";
import { callerWith, httpEvent } from "./http-event.ts";
import { memoryWebhooks, openBookVault } from "./memory-webhooks.ts";

const url = "https://client_domain.com/webhook";
const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
beforeEach(() => {
  Object.assign(process.env, { ALLOW_PRIVATE_DESTINATIONS: "false", OWN_ADDRESSES: "" });
});

interface Options {
  caches?: string[];
  webhooksPerCache?: number;
}

function create(
  body: CreateWebhookBody,
  { store, writer } = memoryWebhooks(),
  { caches = ["orders"], webhooksPerCache = 10 }: Options = {},
) {
  const caller = callerWith({ caches });
  const input = { params: {}, query: undefined, headers: undefined, body, text: "", caller };
  return createWebhook(input, {
    webhooks: store,
    writer,
    vault: openBookVault,
    signingKeys: noSigningKeys,
    suspensions: suspensionsOf(),
    webhooksPerCache,
    now: () => nowMs,
  });
}

test("the page's own body is enough for a key of one cache", async () => {
  const body = {
    productId: 12345,
    events: [101, 102],
    config: { url, customHeaders: { header1: "value_1", header2: "value_2" } },
  };
  const { status, headers, value } = await create(body);
  expect(status).toBe(201);
  expect(value.secretString).toMatch(/^whsec_/);
  expect(headers.etag).toBe(`"${value.webhookId}.1"`);
  expect(value.webhook).toMatchObject({
    id: { cacheName: "orders", webhookName: value.webhookId },
    topicName: "default",
    destination: { postUrl: url },
    productId: 12345,
    events: [101, 102],
    webhookStatus: "active",
    config: { url, customHeaders: { header1: "value_1", header2: "value_2" }, format: "standard" },
  });
});

test("takes both pages' fields", async () => {
  const secretString = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { value } = await create({
    id: { cacheName: "orders", webhookName: "billing" },
    destination: { postUrl: url },
    topicName: "paid",
    config: { customHeader: { a: "1" }, format: "raw", timeoutSeconds: 3, maxPerSecond: 2 },
    secretString,
  });
  expect(value).toMatchObject({
    secretString,
    webhook: {
      id: { cacheName: "orders", webhookName: "billing" },
      topicName: "paid",
      config: { customHeaders: { a: "1" }, format: "raw", timeoutSeconds: 3, maxPerSecond: 2 },
    },
  });
});

test("a name in use is refused, and the webhook of that name stays as it is", async () => {
  const memory = memoryWebhooks(webhookWith());
  const before = memory.all();
  const body = { id: { webhookName: "billing" }, config: { url } };
  await expect(create(body, memory)).rejects.toMatchObject({
    code: "ALREADY_EXISTS_ERROR",
    details: [{ path: "id.webhookName" }],
  });
  expect(memory.all()).toEqual(before);
});

test("a name that is taken at the same moment is refused as well", async () => {
  const memory = memoryWebhooks();
  let turn = 0;
  const writer: typeof memory.writer = {
    ...memory.writer,
    create: async (next, limit) => {
      turn += 1;
      if (turn > 1) return memory.writer.create(next, limit);
      await memory.writer.create(webhookWith(), limit);
      return conflict;
    },
  };
  const body = { id: { webhookName: "billing" }, config: { url } };
  await expect(create(body, { ...memory, writer })).rejects.toMatchObject({
    code: "ALREADY_EXISTS_ERROR",
  });
});

test("another cache is forbidden, and a full one refused", async () => {
  const elsewhere = { id: { cacheName: "users" }, config: { url } };
  await expect(create(elsewhere)).rejects.toMatchObject({ code: "PERMISSION_ERROR" });
  const full = create({ config: { url } }, memoryWebhooks(), { webhooksPerCache: 0 });
  await expect(full).rejects.toMatchObject({ code: "LIMIT_EXCEEDED_ERROR" });
});

/** The fields that are complained of, and what of the first one. */
function complaints(body: object, caches: string[] = ["orders"]): string[] {
  try {
    readRequest(route, httpEvent({ body, caller: { caches } }), checkCreate);
    return [];
  } catch (error) {
    const { details } = error as { details: { path: string; message: string }[] };
    return details.map(({ path, message }) => `${path} ${message}`);
  }
}

const needed = "config.url is required, or destination.postUrl in its place";
const differs = "config.url differs from destination.postUrl; send one of the two";

test.each<[object, ...(string | RegExp)[]]>([
  [{}, needed],
  [{ config: { customHeaders: {} } }, needed],
  [{ config: { url }, destination: { postUrl: `${url}2` } }, differs],
  [{ config: { url }, destination: { postUrl: url } }],
  [{ config: { url: "ftp://x.example" } }, /^config.url The URL must/],
  [{ destination: { postUrl: "https://127.0.0.1/" } }, /^destination.postUrl /],
  [{ config: { url: "https://a.example/in/•••" } }, /^config.url holds •••/],
])("%j is complained of by %s", (body, ...expected) => {
  expect(complaints(body)).toEqual(
    expected.map((text) => (text instanceof RegExp ? expect.stringMatching(text) : text)),
  );
});

test.each([[["*"]], [["orders", "users"]]])(
  "a key of %j must say into which cache, with what else is wrong",
  (caches) => {
    const missing = "id.cacheName is required, since the key covers more than one cache";
    expect(complaints({ config: { url } }, caches)).toEqual([missing]);
    expect(complaints({ config: { url }, id: { webhookName: "w" } }, caches)).toEqual([missing]);
    expect(complaints({ config: { url }, id: { cacheName: "users" } }, caches)).toEqual([]);
    const paths = complaints({ productId: "x" }, caches).map((text) => text.split(" ")[0]);
    expect(paths.sort()).toEqual(["config.url", "id.cacheName", "productId"]);
  },
);
