import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { EventType, PutEventTypeResponse } from "../../shared/contract/event-type.ts";
import { ImportEventTypesResponse } from "../../shared/contract/operations/event-types/import-event-types.ts";
import { ListEventTypesResponse } from "../../shared/contract/operations/event-types/list-event-types.ts";
import type { Sent } from "./client.ts";
import { badFields, refusalOf } from "./gateway/refusal.ts";
import { publish, publishBatch } from "./publish/messages.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { succeed } from "./webhooks.ts";

const { root } = await openService();

/** A topic of its own: the catalogue is for every cache. */
const freshTopic = () => `topic-${randomBytes(8).toString("hex")}`;
const event = "invoice.paid";
const schema = {
  type: "object",
  properties: { amount: { type: "integer" }, note: { type: "string" } },
  required: ["amount"],
};

async function put(topicName: string, json: object, name: string = event) {
  const answer = await succeed(root, "putEventType", { topicName, event: name }, { json });
  const { response } = z.parse(z.object({ response: PutEventTypeResponse }), answer.body);
  return { ...response, status: answer.status };
}

async function get(topicName: string, query: Sent["query"] = {}) {
  const answer = await succeed(root, "getEventType", { topicName, event }, { query });
  return z.parse(z.object({ response: EventType }), answer.body).response;
}

async function list(query: Sent["query"]) {
  const { body } = await succeed(root, "listEventTypes", {}, { query });
  return z.parse(z.object({ response: ListEventTypesResponse }), body).response;
}

test("a type is created, changed field by field, and told with its versions", async () => {
  const topicName = freshTopic();
  const first = await put(topicName, { description: "Paid.", schema, examples: [{ amount: 1 }] });
  expect(first).toMatchObject({ status: 201, breaking: [], eventType: { schemaVersion: 1 } });
  const second = await put(topicName, { group: "Billing", schema: { ...schema, required: [] } });
  expect(second).toMatchObject({
    status: 200,
    breaking: [{ path: "value.amount", change: "optional", affects: "receivers" }],
    eventType: { description: "Paid.", group: "Billing", schemaVersion: 2, validate: "off" },
  });
  expect(await put(topicName, { group: "Billing" })).toMatchObject({
    eventType: second.eventType,
    breaking: [],
  });
  expect((await put(topicName, { group: null })).eventType.group).toBeNull();
  const now = await get(topicName);
  expect(now.versions.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 1]);
  expect(await get(topicName, { schemaVersion: "1" })).toMatchObject({ schema, schemaVersion: 1 });
  const gone = await root.call(
    "getEventType",
    { topicName, event },
    { query: { schemaVersion: "9" } },
  );
  expect(refusalOf(gone)).toMatchObject({ status: 404 });
  await succeed(root, "deleteEventType", { topicName, event });
  expect(refusalOf(await root.call("getEventType", { topicName, event }))).toMatchObject({
    status: 404,
  });
});

test("the last twenty versions of a schema are kept, and none of a type that was deleted", async () => {
  const topicName = freshTopic();
  for (let n = 1; n <= 22; n += 1) await put(topicName, { schema: { maximum: n } });
  const { versions } = await get(topicName);
  expect(versions.map(({ schemaVersion }) => schemaVersion).at(-1)).toBe(3);
  expect(versions).toHaveLength(20);
  await succeed(root, "deleteEventType", { topicName, event });
  await put(topicName, {});
  expect(await get(topicName)).toMatchObject({ schemaVersion: 0, versions: [], schema: null });
});

test("what is wrong with a schema and with examples is told field by field", async () => {
  const params = { topicName: freshTopic(), event };
  const call = async (json: object) => refusalOf(await root.call("putEventType", params, { json }));
  const bad = { type: "int", properties: { a: { $ref: "https://example.com/a.json" } } };
  expect(await call({ schema: bad, unknown: 1 })).toEqual(
    badFields("unknown", "schema.type", "schema.properties.a.$ref"),
  );
  expect(await call({ schema, examples: [{ amount: 1 }, { amount: "1" }] })).toEqual(
    badFields("examples.1.amount"),
  );
  const ours = await root.call("putEventType", { ...params, topicName: "$hookcast" }, { json: {} });
  expect(refusalOf(ours)).toEqual(badFields("topicName"));
});

test("publishes of an enforced type are refused with every fault, a batch's entry by entry", async () => {
  const topicName = freshTopic();
  await put(topicName, { schema, validate: "enforce" });
  const params = { cacheName: freshCache(), topicName };
  const query = { event };
  await publish(root, params, { json: { amount: 1 }, query });
  const refused = await root.call("publish", params, { json: { note: 1 }, query });
  expect(refusalOf(refused)).toEqual(badFields("value.amount", "value.note"));
  const messages = [{ value: { amount: 1 }, event }, { value: {}, event }, { value: {} }];
  const [good, bad, plain] = await publishBatch(root, params, { json: { messages } });
  expect([typeof good?.messageId, typeof plain?.messageId]).toEqual(["string", "string"]);
  expect(bad?.error).toMatchObject({
    code: "INVALID_ARGUMENT_ERROR",
    details: [{ path: "value.amount", message: "is required" }],
  });
});

test("lists have a topic, those that are not archived, and those for an audience", async () => {
  const topicName = freshTopic();
  await put(topicName, { status: "archived" }, "a");
  await put(topicName, { status: "deprecated", audience: ["partners"] }, "b");
  await put(topicName, {}, "101");
  const events = async (query: Sent["query"]) =>
    (await list({ topicName, ...query })).eventTypes.map((type) => type.event);
  expect(await events({})).toEqual([101, "b"]);
  expect(await events({ status: "archived,active" })).toEqual([101, "a"]);
  expect(await events({ audience: "partners" })).toEqual([101, "b"]);
  expect(await events({ audience: "others" })).toEqual([101]);
  const page = await list({ topicName, limit: "1" });
  expect(page.eventTypes).toHaveLength(1);
  const rest = await list({ topicName, cursor: page.nextCursor ?? "" });
  expect(rest.eventTypes.map((type) => type.event)).toEqual(["b"]);
});

async function bringIn(json: object, dryRun: boolean) {
  const query = { dryRun: String(dryRun) };
  const { body } = await succeed(root, "importEventTypes", {}, { json, query });
  return z.parse(z.object({ response: ImportEventTypesResponse }), body).response;
}

test("an OpenAPI document is imported after a look at the difference, and exported as it was", async () => {
  const topicName = freshTopic();
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    webhooks: {
      "order.created": {
        post: {
          summary: "An order was made.",
          tags: ["Orders"],
          requestBody: {
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Order" },
                example: { lines: [{ sku: "a" }] },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Order: {
          type: "object",
          properties: { lines: { items: { $ref: "#/components/schemas/Line" } } },
        },
        Line: { type: "object", required: ["sku"] },
      },
    },
  };
  const change = { topicName, event: "order.created", change: "created" };
  const dry = await bringIn({ document, topicName }, true);
  expect(dry).toMatchObject({ dryRun: true, changes: [change] });
  expect((await list({ topicName })).eventTypes).toEqual([]);
  expect((await bringIn({ document, topicName }, false)).changes).toEqual(dry.changes);
  const { body: exported } = await succeed(
    root,
    "exportEventTypes",
    { document: "openapi.json" },
    { query: { topicName } },
  );
  const again = await bringIn({ document: exported }, true);
  expect(again.changes).toMatchObject([{ ...change, change: "unchanged", fields: [] }]);
  const { body: asyncApi } = await succeed(
    root,
    "exportEventTypes",
    { document: "asyncapi.json" },
    { query: { topicName } },
  );
  expect(asyncApi).toMatchObject({ asyncapi: "3.0.0" });
});

test("nothing of a document is imported unless all of it is good", async () => {
  const topicName = freshTopic();
  const webhookOf = (schema: object) => ({
    post: { requestBody: { content: { "application/json": { schema } } } },
  });
  const document = {
    openapi: "3.1.0",
    webhooks: { good: webhookOf({}), bad: webhookOf({ type: "int" }), "not a name": webhookOf({}) },
  };
  const refused = await root.call("importEventTypes", {}, { json: { document, topicName } });
  expect(refusalOf(refused)).toEqual(
    badFields(
      "document.webhooks.bad.post.requestBody.content.application/json.schema.type",
      "document.webhooks.not a name",
    ),
  );
  expect((await list({ topicName })).eventTypes).toEqual([]);
});
