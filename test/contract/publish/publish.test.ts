import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { labelled } from "../document/labelled.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe, succeed } from "../webhooks.ts";
import { publish } from "./messages.ts";
import { expectedSignatures } from "./signatures.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const topic = { cacheName: freshCache(), topicName: "t" };
const raw = { topicName: "t", config: { format: "raw" } };
const { path, secretString } = await subscribe(
  root,
  receiver,
  { ...topic, webhookName: "raw" },
  raw,
);
const maxBytes = 262_144;

const delicate =
  '{ "id":9007199254740993,  "z":1,"a":1.0,"a":2,"__proto__": {"x":1},\n"e":1E+2,"é":"\\u00e9\\ud800" }';

test.each<[string, string | Buffer, string]>([
  ["JSON in its own spelling", delicate, "application/json"],
  ["JSON of another type", delicate, "application/vnd.example+json; charset=utf-8"],
  ["a JSON scalar", " 12345678901234567890 ", "application/json"],
  ["JSON 100,000 levels deep", "[".repeat(100_000) + "]".repeat(100_000), "application/json"],
  ["text", "Grüße, \u{1f600} \u{feff} \u{fffe} \u{ffff} \0", "text/plain; charset=utf-8"],
  ["no text", "", "text/plain"],
  ["bytes", Buffer.from([0, 255, 254, 128, 10, 13, 0]), "application/octet-stream"],
  ["no bytes", Buffer.alloc(0), "image/png"],
  ["the longest text", "ä".repeat(maxBytes / 2), "text/plain"],
  ["the most bytes", Buffer.alloc(maxBytes, 200), "application/x-anything"],
])("delivers %s byte for byte", async (_, body, contentType) => {
  const messageId = await publish(root, topic, { body, headers: { "content-type": contentType } });
  const delivery = await eventually(() => receiver.find(path, messageId));
  expect(delivery.body.equals(Buffer.from(body))).toBe(true);
  expect(delivery.headers["content-type"]).toBe(contentType);
  expect(delivery.headers).toMatchObject(expectedSignatures(delivery, secretString));
});

test("is delivered to a webhook that was put just before", async () => {
  for (let round = 0; round < 20; round += 1) {
    const id = { cacheName: topic.cacheName, webhookName: `new${round}` };
    const topicName = `t${round}`;
    const subscription = await subscribe(root, receiver, id, { topicName });
    const messageId = await publish(root, { ...topic, topicName });
    await eventually(() => receiver.find(subscription.path, messageId));
  }
});

test.each(["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "not a trace"])(
  "takes the traceparent %s, which nobody hears of where tracing is off",
  async (traceparent) => {
    const headers = { traceparent, tracestate: "rojo=1" };
    const messageId = await publish(root, topic, { json: {}, headers });
    const delivery = await eventually(() => receiver.find(path, messageId));
    expect(Object.keys(delivery.headers).filter((name) => /trace/.test(name))).toEqual([]);
  },
);

test("is accepted where nobody is subscribed", async () => {
  const unused = { cacheName: freshCache(), topicName: "t" };
  expect(await publish(root, unused)).toMatch(/^msg_[0-9A-Z]{26}$/);
});

test.each([
  undefined,
  "",
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=utf-8",
  "json",
  "/",
  "text/",
])("answers 415 to the content type %j, with a hint", async (contentType) => {
  const target = `/api/v1/caches/${topic.cacheName}/topics/t`;
  const headers: Record<string, string> =
    contentType === undefined ? {} : { "content-type": contentType };
  const answer = await root.send({ method: "POST", target, headers, body: "{}" });
  expect(refusalOf(answer)).toEqual({ ...badFields("content-type"), status: 415 });
  expect(answer.text).toContain("application/json");
});

test.each<[string, string | Buffer, string]>([
  ["nothing where JSON is announced", "", "application/json"],
  ["text where JSON is announced", "paid", "application/json"],
  ["two JSON values", "{} {}", "application/json"],
  ["JSON behind a byte order mark", "\u{feff}{}", "application/json"],
  ["bytes where JSON is announced", Buffer.from([34, 255, 34]), "application/json"],
  ["bytes where text is announced", Buffer.from([255]), "text/plain"],
])("refuses %s", async (_, body, contentType) => {
  const answer = await root.call("publish", topic, {
    body,
    headers: { "content-type": contentType },
  });
  expect(refusalOf(answer)).toEqual(badFields("body"));
});

test.each([
  ["one byte too many", maxBytes + 1, "application/octet-stream"],
  ["a megabyte", 1_000_000, "text/plain"],
])("answers 413 to %s", async (_, bytes, contentType) => {
  const body = Buffer.alloc(bytes, "a");
  const answer = await root.call("publish", topic, {
    body,
    headers: { "content-type": contentType },
  });
  expect(refusalOf(answer)).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE_ERROR", paths: [] });
});

const badQueries: [string, string][] = [
  ["event", "1.5"],
  ["event", "-1"],
  ["event", ".paid"],
  ["event", "a b"],
  ["event", ""],
  ["event", "a".repeat(129)],
  ["event", "99999999999999999999"],
  ["productId", "1.5"],
  ["productId", "x"],
  ["productId", ""],
  ["productId", "9007199254740992"],
  ["product", "1"],
];

test.each(labelled(badQueries))("refuses the query %s", async (_, [name, value]) => {
  const answer = await root.call("publish", topic, { json: {}, query: { [name]: value } });
  expect(refusalOf(answer)).toEqual(badFields(name));
});

test("names everything that is wrong with the query and the headers at once", async () => {
  const query = { event: "", productId: "x", other: "1" };
  const headers = { "idempotency-key": "a b" };
  const answer = await root.call("publish", topic, { json: {}, query, headers });
  expect(refusalOf(answer)).toEqual(badFields("event", "productId", "other", "idempotency-key"));
});

test("refuses the service's own topics, though anyone may subscribe to them", async () => {
  const topicName = "$hookcast";
  const id = { cacheName: topic.cacheName, webhookName: "ours" };
  const destination = { postUrl: `${receiver.url}/ours` };
  await succeed(root, "putWebhook", id, { json: { destination, topicName } });
  for (const operation of ["publish", "publishBatch"] as const) {
    const answer = await root.call(
      operation,
      { ...topic, topicName },
      { json: { messages: [{ value: 1 }] } },
    );
    expect(refusalOf(answer)).toEqual(badFields("topicName"));
  }
});

test("a form is a value where `raw` says that it is meant", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const sent = { body: "a=1&b=%2F+c", headers };
  expect((await root.call("publish", topic, { ...sent, query: { raw: "false" } })).status).toBe(
    415,
  );
  const { status, body } = await root.call("publish", topic, { ...sent, query: { raw: "true" } });
  expect(status).toBe(202);
  const { messageId } = z.parse(
    z.object({ response: z.object({ messageId: z.string() }) }),
    body,
  ).response;
  const kept = await root.call("getMessage", { ...topic, messageId });
  const binary = Buffer.from(sent.body).toString("base64");
  expect(kept.body).toMatchObject({ response: { binary, contentType: headers["content-type"] } });
});

test("a compressed body is refused, with what is taken", async () => {
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const answer = await root.call("publish", topic, { body: gzipSync("{}"), headers });
  expect(refusalOf(answer)).toEqual({ ...badFields("content-encoding"), status: 415 });
  expect(answer.headers["accept-encoding"]).toBe("identity");
});
