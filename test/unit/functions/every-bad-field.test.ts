import { expect, test } from "vitest";
import { handler as listDeliveries } from "../../../functions/http/deliveries/list-deliveries.ts";
import { handler as recoverDeliveries } from "../../../functions/http/deliveries/recover-deliveries.ts";
import { handler as publish } from "../../../functions/http/messages/publish.ts";
import { handler as publishBatch } from "../../../functions/http/messages/publish-batch.ts";
import { handler as listWebhooks } from "../../../functions/http/webhooks/list-webhooks.ts";
import { cursorAfter } from "../../../shared/domain/cursor.ts";
import { webhookId } from "../samples.ts";
import { context, httpEvent } from "./http-event.ts";

type Handler = typeof listWebhooks;
type Request = Parameters<typeof httpEvent>[0];

/** The paths that an answer complains of. Nothing behind the parser is set up, so only a refusal can answer. */
async function complaints(handler: Handler, request: Request) {
  const { statusCode, body } = await handler(httpEvent(request), context);
  const { error } = JSON.parse(body ?? "");
  const paths = error.details.map(({ path }: { path: string }) => path);
  return [statusCode, ...paths.sort()];
}

const json = { "content-type": "application/json" };
const ofAnotherList = cursorAfter("webhooks/others", "billing");

test.each<[string, Handler, Request, string[]]>([
  [
    "a limit and a cursor of webhooks",
    listWebhooks,
    { params: { cacheName: "orders" }, query: { limit: "0", cursor: ofAnotherList } },
    ["cursor", "limit"],
  ],
  [
    "a name and a cursor",
    listWebhooks,
    { params: { cacheName: "orders" }, query: { topicName: " ", cursor: "%" } },
    ["cursor", "topicName"],
  ],
  [
    "a status, a time and a cursor of deliveries",
    listDeliveries,
    { params: { webhookId }, query: { status: "?", since: "now", cursor: "x" } },
    ["cursor", "since", "status"],
  ],
  [
    "a topic of the service, an event and a body",
    publish,
    {
      params: { cacheName: "orders", topicName: "$x" },
      query: { event: "-1" },
      headers: json,
      body: "{",
    },
    ["body", "event", "topicName"],
  ],
  [
    "a topic of the service and a body",
    publish,
    { params: { cacheName: "orders", topicName: "$x" }, headers: json, body: "{" },
    ["body", "topicName"],
  ],
  [
    "a topic of the service and a field of a batch",
    publishBatch,
    { params: { cacheName: "orders", topicName: "$x" }, body: { messages: [], more: 1 } },
    ["messages", "more", "topicName"],
  ],
  [
    "a window that ends before it begins, and a mode",
    recoverDeliveries,
    {
      params: { webhookId },
      body: { since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z", mode: "all" },
    },
    ["mode", "since"],
  ],
  [
    "no beginning, and a filter of what has no status",
    recoverDeliveries,
    { params: { webhookId }, body: { mode: "missing", statusClass: "5xx", event: "-" } },
    ["event", "since", "statusClass"],
  ],
  [
    "two bounds in the future, and a hop count",
    recoverDeliveries,
    {
      params: { webhookId },
      headers: { "webhook-hops": "x" },
      body: { since: "3000-01-02T00:00:00Z", until: "3000-01-01T00:00:00Z", mode: "failed" },
    },
    ["since", "until", "webhook-hops"],
  ],
])("tells at once of %s", async (_, handler, request, paths) => {
  expect(await complaints(handler, request)).toEqual([400, ...paths]);
});

test("a topic of the service is complained of with a charset that cannot be read", async () => {
  const request = {
    params: { cacheName: "orders", topicName: "$x" },
    headers: { "content-type": "application/json; charset=utf-16" },
    body: { messages: [{ text: "a" }] },
  };
  expect(await complaints(publishBatch, request)).toEqual([415, "content-type", "topicName"]);
});
