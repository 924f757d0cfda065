import { expect, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { messageId, webhookId } from "../samples.ts";
import { scriptedFetch, success } from "./scripted-fetch.ts";

function clientOf(...replies: Parameters<typeof scriptedFetch>) {
  const { fetch, requests } = scriptedFetch(...replies);
  return { hookcast: createClient({ url: "https://api.example", key: "hk_1", fetch }), requests };
}

test("goes through all pages, also empty ones, and keeps the filters", async () => {
  const { hookcast, requests } = clientOf(
    success({ webhooks: [{ webhookId: "a" }], nextCursor: "1/+" }),
    success({ webhooks: [], nextCursor: "2" }),
    success({ webhooks: [{ webhookId: "b" }, { webhookId: "c" }], nextCursor: null }),
  );
  const found: string[] = [];
  const list = hookcast.listWebhooks({ cacheName: "orders", topicName: "paid" });
  for await (const { webhookId } of list) found.push(webhookId);

  expect(found).toEqual(["a", "b", "c"]);
  const queries = requests.map(({ url }) => new URL(url).searchParams.toString());
  expect(queries).toEqual([
    "topicName=paid",
    "topicName=paid&cursor=1%2F%2B",
    "topicName=paid&cursor=2",
  ]);
});

test("asks for no page that nobody reads", async () => {
  const { hookcast, requests } = clientOf(
    success({ deliveries: [{ messageId }], nextCursor: "1" }),
  );
  const list = hookcast.listDeliveries({ webhookId, limit: 1, cursor: "0" });
  expect(requests).toEqual([]);
  for await (const delivery of list) {
    expect(delivery.messageId).toBe(messageId);
    break;
  }
  expect(requests.map(({ url }) => new URL(url).search)).toEqual(["?limit=1&cursor=0"]);
});

test("gives one page with its cursor, for whoever goes through them by hand", async () => {
  const { hookcast } = clientOf(success({ webhooks: [], nextCursor: "1" }));
  const { response } = await hookcast.call("listWebhooks", { cacheName: "orders" });
  expect(response.nextCursor).toBe("1");
});
