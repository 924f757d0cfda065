import { expect, test } from "vitest";
import { listWebhooks } from "../../../functions/http/webhooks/list-webhooks.ts";
import type { WebhookHealth, WebhookState } from "../../../shared/contract/health.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { suspensionsOf } from "../delivery/suspensions.ts";
import { webhookWith } from "../samples.ts";
import { callerWith } from "./http-event.ts";
import { memoryWebhooks, openBookVault } from "./memory-webhooks.ts";

const webhooks = ["a", "b", "c", "d", "e"].map((webhookName, index) =>
  webhookWith({
    webhookName,
    webhookId: `whk_01JDB2Q5V8K3M4N6P7R8S9TAV${index}`,
    topicName: index % 2 ? "refunded" : "paid",
    sealedHeaders: 'headers of whk: {"x-token":"abc"}',
  }),
);
const memory = memoryWebhooks(...webhooks, webhookWith({ cacheName: "users", webhookName: "z" }));

interface Query {
  limit?: number;
  cursor?: string;
  topicName?: string;
  state?: WebhookState[];
  include?: "health";
}

/** The second and the fourth fail. */
async function healthsOf(records: readonly WebhookRecord[]): Promise<WebhookHealth[]> {
  return records.map(({ webhookName }) => ({
    ...well,
    state: "bd".includes(webhookName) ? "failing" : "ok",
  }));
}

const well: WebhookHealth = {
  state: "ok",
  since: "2024-01-24T23:20:28Z",
  lastSuccessTime: null,
  lastStatusCode: null,
  lastError: null,
  waiting: 0,
  nextProbeTime: null,
  nextFreeTime: null,
};

function list(query: Query, permissions: string[] = ["read", "manage"], { store } = memory) {
  const input = {
    params: { cacheName: "orders" },
    query,
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith({ permissions }),
  };
  return listWebhooks(input, {
    webhooks: store,
    unwell: store,
    health: { healthsOf },
    vault: openBookVault,
    suspensions: suspensionsOf(),
  });
}

async function names(query: Query) {
  const { webhooks: shown, nextCursor } = await list(query);
  return { names: shown.map(({ id }) => id.webhookName), nextCursor };
}

test("lists the whole cache in name order, and no other", async () => {
  expect(await names({})).toEqual({ names: ["a", "b", "c", "d", "e"], nextCursor: null });
});

test("pages by the limit, and ends with null even when the last page is full", async () => {
  const first = await names({ limit: 2 });
  expect(first.names).toEqual(["a", "b"]);
  const second = await names({ limit: 3, cursor: first.nextCursor ?? "" });
  expect(second).toEqual({ names: ["c", "d", "e"], nextCursor: null });
});

test("filters by topic, on pages that may be short while there is a cursor", async () => {
  const first = await names({ limit: 2, topicName: "paid" });
  expect(first).toEqual({ names: ["a"], nextCursor: expect.any(String) });
  const second = await names({ limit: 5, topicName: "paid", cursor: first.nextCursor ?? "" });
  expect(second).toEqual({ names: ["c", "e"], nextCursor: null });
});

test("shows a URL whole to keys with manage or secret alone, and what it hides as •••", async () => {
  const url = "https://a.example/in/token?key=token";
  const one = memoryWebhooks(webhookWith({ url, webhookName: "a" }));
  const urls = async (...permissions: string[]) =>
    (await list({}, permissions, one)).webhooks.flatMap(({ destination, config }) => [
      destination.postUrl,
      config.url,
    ]);
  expect(await urls("read")).toEqual(Array(2).fill("https://a.example/in/•••?•••"));
  expect(await urls("read", "resend")).toEqual(Array(2).fill("https://a.example/in/•••?•••"));
  expect(await urls("read", "secret")).toEqual([url, url]);
  expect(await urls("read", "manage")).toEqual([url, url]);
});

test("refuses a cursor of another cache's list", async () => {
  const { nextCursor } = await names({ limit: 1 });
  const input = {
    params: { cacheName: "users" },
    query: { cursor: nextCursor ?? "" },
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith(),
  };
  await expect(
    listWebhooks(input, {
      webhooks: memory.store,
      unwell: memory.store,
      health: { healthsOf },
      vault: openBookVault,
      suspensions: suspensionsOf(),
    }),
  ).rejects.toMatchObject({ code: "INVALID_ARGUMENT_ERROR" });
});

test("shows header values to keys that may manage, and to others only that they are there", async () => {
  const [managed] = (await list({ limit: 1 })).webhooks;
  expect(managed?.config.customHeaders).toEqual({ "x-token": "abc" });
  const [masked] = (await list({ limit: 1 }, ["read"])).webhooks;
  expect(masked?.config).toMatchObject({
    customHeader: { "x-token": "•••" },
    customHeaders: { "x-token": "•••" },
  });
});

test("ends a page early rather than answer more than Lambda can", async () => {
  const long = Array.from({ length: 600 }, (_, index) => {
    const webhookName = String(index).padStart(3, "0");
    return webhookWith({ webhookName, url: `https://a.example/${"x".repeat(4_000)}` });
  });
  const { webhooks: shown, nextCursor } = await list({}, ["read"], memoryWebhooks(...long));
  expect(nextCursor).not.toBeNull();
  const bytes = Buffer.byteLength(JSON.stringify(shown));
  expect(bytes).toBeGreaterThan(4 * 1_048_576);
  expect(bytes).toBeLessThan(4.1 * 1_048_576);
});

test("shows the health of each webhook where it is asked for", async () => {
  const { webhooks: shown } = await list({ include: "health" });
  expect(shown.map(({ health }) => health?.state)).toEqual([
    "ok",
    "failing",
    "ok",
    "failing",
    "ok",
  ]);
  expect((await list({})).webhooks[0]).not.toHaveProperty("health");
});

test("filters by state, on pages that may be short while there is a cursor", async () => {
  const first = await names({ limit: 3, state: ["failing", "held"] });
  expect(first).toEqual({ names: ["b"], nextCursor: expect.any(String) });
  const second = await names({ limit: 3, state: ["failing"], cursor: first.nextCursor ?? "" });
  expect(second).toEqual({ names: ["d"], nextCursor: null });
});

test("a page with health holds a hundred webhooks unless fewer are asked for", async () => {
  const many = Array.from({ length: 150 }, (_, index) =>
    webhookWith({ webhookName: String(index).padStart(3, "0") }),
  );
  const { webhooks: shown } = await list({ include: "health" }, ["read"], memoryWebhooks(...many));
  expect(shown).toHaveLength(100);
});
