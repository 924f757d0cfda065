import { expect, test } from "vitest";
import * as z from "zod/mini";
import { createClient } from "../../../client/create-client.ts";
import type { Route } from "../../../shared/contract/route.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { webhookId } from "../samples.ts";
import { scriptedFetch, success } from "./scripted-fetch.ts";

const webhook = { cacheName: "größe", webhookName: "a b" };

function clientWith(response: unknown, headers?: Record<string, string>) {
  const { fetch, requests } = scriptedFetch(success(response, headers));
  const hookcast = createClient({ url: "https://api.example/stage/", key: "hk_1", fetch });
  return { hookcast, requests };
}

test("puts names into the path and the rest of the input into the body", async () => {
  const { hookcast, requests } = clientWith({ webhookId });
  const destination = { postUrl: "https://client_domain.com/webhook" };
  const put = await hookcast.putWebhook({ ...webhook, destination, topicName: "paid" });

  expect(put.webhookId).toBe(webhookId);
  expect(requests).toMatchObject([
    {
      url: "https://api.example/stage/api/v1/caches/gr%C3%B6%C3%9Fe/webhooks/a%20b",
      method: "PUT",
      body: JSON.stringify({ destination, topicName: "paid" }),
    },
  ]);
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: "Bearer hk_1",
    "content-type": "application/json",
  });
});

test("puts the rest of the input of a GET into the query, and leaves out what is undefined", async () => {
  const { hookcast, requests } = clientWith({ deliveries: [], nextCursor: null });
  const since = "2024-01-24T23:20:28+00:00 &";
  await hookcast.call("listDeliveries", { webhookId, since, until: undefined, limit: 2 });
  expect(requests[0]).toMatchObject({
    url: `https://api.example/stage/api/v1/Webhooks/${webhookId}/deliveries?since=2024-01-24T23%3A20%3A28%2B00%3A00%20%26&limit=2`,
    method: "GET",
    body: "",
  });
});

test("sends the headers of a call, and tells the version that an answer carries", async () => {
  const { hookcast, requests } = clientWith({}, { etag: '"7"', "x-request-id": "r1" });
  const answer = await hookcast.call(
    "updateWebhookStatus",
    { webhookId, webhookStatus: "inactive" },
    { headers: { "if-match": '"6"' } },
  );
  expect(requests[0]?.headers.get("if-match")).toBe('"6"');
  expect(answer).toMatchObject({ status: 200, etag: '"7"', requestId: "r1" });
});

test("answers nothing where nothing has changed", async () => {
  const { fetch } = scriptedFetch(new Response(null, { status: 304 }));
  const hookcast = createClient({ url: "https://api.example", key: "hk_1", fetch });
  const headers = { "if-none-match": '"6"' };
  const answer = await hookcast.call("getWebhookDetails", { webhookId }, { headers });
  expect(answer).toMatchObject({ status: 304, response: undefined });
});

test("gives a bare document as it is", async () => {
  const { fetch } = scriptedFetch(Response.json({ openapi: "3.1.0" }));
  const hookcast = createClient({ url: "https://api.example", key: "hk_1", fetch });
  expect(await hookcast.getOpenApi({})).toEqual({ openapi: "3.1.0" });
});

test.each(["", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "a\\b"])(
  "sends nothing for the name %j, which would lead to another operation",
  async (webhookName) => {
    const { hookcast, requests } = clientWith({});
    await expect(hookcast.deleteWebhook({ ...webhook, webhookName })).rejects.toThrow(
      /^webhookName must be text, not empty/,
    );
    expect(requests).toEqual([]);
  },
);

test("does not show a key that is no header value", () => {
  const create = () => createClient({ url: "https://api.example", key: "hk_secret\n" });
  expect(create).toThrow("the key must be visible characters");
});

test.each(Object.entries<Route>(routes))(
  "no two parts of %s's request share a field's name, so they fit into one input",
  (_, { params, query, body }) => {
    const parts = [params, query, body].filter((part) => typeof part === "object");
    const names = parts.flatMap((part) => {
      const { properties = {} } = z.toJSONSchema(part, { io: "input", unrepresentable: "any" });
      return Object.keys(properties);
    });
    expect(names).toEqual([...new Set(names)]);
  },
);
