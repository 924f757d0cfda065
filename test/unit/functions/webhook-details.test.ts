import { expect, test } from "vitest";
import { getWebhookDetails } from "../../../functions/http/webhooks/get-webhook-details.ts";
import { updateWebhookDetails } from "../../../functions/http/webhooks/update-webhook-details.ts";
import type { WebhookHealth } from "../../../shared/contract/health.ts";
import type { UpdateDetailsBody } from "../../../shared/contract/operations/webhooks/update-webhook-details.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookId, webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { memoryWebhooks, openBookVault } from "./memory-webhooks.ts";
import { nothingWaits } from "./nothing-waits.ts";

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const webhook = webhookWith({
  productId: 7,
  events: [101],
  format: "raw",
  timeoutSeconds: 3,
  sealedHeaders: 'headers of whk: {"a":"1"}',
});
const tag = (version: number) => `"${webhookId}.${version}"`;

const parts = { params: { webhookId }, query: undefined, text: "" };
const health: WebhookHealth = {
  state: "held",
  since: "2024-01-24T23:20:28Z",
  lastSuccessTime: null,
  lastStatusCode: null,
  lastError: null,
  waiting: 3,
  nextProbeTime: "2024-01-24T23:20:38Z",
  nextFreeTime: null,
};

function depsOf({ store, writer }: ReturnType<typeof memoryWebhooks>) {
  return {
    webhooks: store,
    writer,
    ...nothingWaits,
    health: { healthOf: async () => health },
    vault: openBookVault,
    suspensions: suspensionsOf(),
    now: () => nowMs,
  };
}

function get(
  headers: { "if-none-match"?: string },
  caller = callerWith(),
  query: { include?: "health" } = {},
) {
  const deps = depsOf(memoryWebhooks(webhook));
  return getWebhookDetails({ ...parts, query, headers, body: undefined, caller }, deps);
}

const details = {
  productId: null,
  events: ["invoice.paid"],
  config: { url: "https://b.example/", customHeaders: { b: "2" } },
} satisfies UpdateDetailsBody;

function update(
  memory: ReturnType<typeof memoryWebhooks>,
  body: UpdateDetailsBody = details,
  ifMatch?: string,
) {
  const input = { ...parts, headers: { "if-match": ifMatch }, body, caller: callerWith() };
  return updateWebhookDetails(input, depsOf(memory));
}

test("shows a webhook with its tag", async () => {
  expect(await get({})).toMatchObject({
    status: 200,
    headers: { etag: tag(1) },
    value: { webhookId, productId: 7, config: { customHeaders: { a: "1" } } },
  });
});

test.each([tag(1), `W/${tag(1)}`, `"x", ${tag(1)}`, "*"])(
  "answers 304 to If-None-Match %s",
  async (tags) => {
    expect(await get({ "if-none-match": tags })).toMatchObject({
      status: 304,
      headers: { etag: tag(1) },
    });
  },
);

test("answers the webhook to a tag of an older version", async () => {
  expect(await get({ "if-none-match": tag(0) })).toMatchObject({ status: 200 });
});

test("shows the health where it is asked for, without a tag and whatever version is known", async () => {
  const shown = await get({ "if-none-match": tag(1) }, callerWith(), { include: "health" });
  expect(shown).toMatchObject({ value: { webhookId, health } });
  expect(shown.status).toBeUndefined();
  expect(shown.headers).not.toHaveProperty("etag");
  expect((await get({})).value).not.toHaveProperty("health");
});

test("hides a webhook of another cache as if it did not exist", async () => {
  const stranger = callerWith({ caches: ["users"] });
  const gone = { code: "NOT_FOUND_ERROR", message: `there is no webhook ${webhookId}` };
  await expect(get({}, stranger)).rejects.toMatchObject(gone);
  await expect(update(memoryWebhooks())).rejects.toMatchObject(gone);
});

test("updates the fields it owns and keeps all others", async () => {
  const memory = memoryWebhooks(webhook);
  const { value, headers } = await update(memory);
  expect(headers.etag).toBe(tag(2));
  expect(value).toMatchObject({
    productId: null,
    events: ["invoice.paid"],
    config: {
      url: "https://b.example/",
      customHeader: { b: "2" },
      format: "raw",
      timeoutSeconds: 3,
    },
  });
  expect(memory.all()).toEqual([
    {
      ...webhook,
      productId: null,
      events: ["invoice.paid"],
      url: "https://b.example/",
      sealedHeaders: `headers of ${webhookId}: {"b":"2"}`,
      headerNames: ["b"],
      version: 2,
    },
  ]);
});

test("takes the config of a GET back as it came", async () => {
  const memory = memoryWebhooks(webhook);
  const { value } = await get({});
  const { productId, events, config } = value;
  expect(await update(memory, { productId, events, config })).toMatchObject({
    value: { ...value, lastModifiedTime: expect.any(String) },
  });
});

test("takes headers away when it is sent none", async () => {
  const memory = memoryWebhooks(webhook);
  await update(memory, { ...details, config: { ...details.config, customHeaders: {} } });
  expect(memory.all()[0]?.sealedHeaders).toBeUndefined();
});

test("updates only the version that If-Match names", async () => {
  const memory = memoryWebhooks(webhook);
  await expect(update(memory, details, tag(0))).rejects.toMatchObject({ status: 412 });
  expect(memory.all()).toEqual([webhook]);
});

const hidden = webhookWith({ url: "https://a.example/in/token" });

test("a masked URL that is sent back keeps the stored one", async () => {
  const memory = memoryWebhooks(hidden);
  await update(memory, {
    ...details,
    config: { ...details.config, url: "https://a.example/in/•••" },
  });
  expect(memory.all()).toMatchObject([{ url: hidden.url, productId: null }]);
});

test("a masked URL of something else is refused by name, and nothing changes", async () => {
  const memory = memoryWebhooks(hidden);
  const url = "https://b.example/in/•••";
  await expect(
    update(memory, { ...details, config: { ...details.config, url } }),
  ).rejects.toMatchObject({ status: 400, details: [{ path: "config.url" }] });
  expect(memory.all()).toEqual([hidden]);
});

test("an update takes the formats of alerts on topics that begin with $ alone", async () => {
  const config = { ...details.config, format: "teams" } as const;
  const memory = memoryWebhooks(webhook);
  await expect(update(memory, { ...details, config })).rejects.toMatchObject({
    status: 400,
    details: [{ path: "config.format" }],
  });
  expect(memory.all()).toEqual([webhook]);
  const { value } = await update(memoryWebhooks(webhookWith({ topicName: "$hookcast" })), {
    ...details,
    config,
  });
  expect(value.config.format).toBe("teams");
});
