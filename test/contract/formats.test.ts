import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/receiver.ts";
import type { Sent } from "./client.ts";
import { freshCache } from "./fresh-names.ts";
import { publish } from "./messages.ts";
import { openService } from "./service.ts";
import { expectedSignatures } from "./signatures.ts";
import { subscribe, succeed } from "./webhooks.ts";

const { root, key } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const Times = z.object({ response: z.object({ publishedTime: z.string() }) });
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Epoch milliseconds: the first ten digits of a ULID. */
function timeMsOf(messageId: string): number {
  return [...messageId.slice(4, 14)].reduce((sum, digit) => sum * 32 + crockford.indexOf(digit), 0);
}

/** Sends one message to a fresh webhook of the format, and gives what a body may be made of. */
async function delivered(format: string, sent: Sent) {
  const topic = { cacheName: freshCache(), topicName: "Ärger & co" };
  const id = { cacheName: topic.cacheName, webhookName: "w" };
  const settings = {
    topicName: topic.topicName,
    config: { format, customHeaders: { "X-Mine": "v a" } },
  };
  const { path, secretString } = await subscribe(root, receiver, id, settings);
  const messageId = await publish(root, topic, sent);
  const delivery = await eventually(() => receiver.find(path, messageId));
  const kept = await succeed(root, "getMessage", { ...topic, messageId });
  return {
    ...topic,
    messageId,
    delivery,
    secretString,
    text: delivery.body.toString(),
    time: z.parse(Times, kept.body).response.publishedTime,
  };
}

type Delivered = Awaited<ReturnType<typeof delivered>>;

const value = '{ "id":9007199254740993, "é":1.0 }';
const json: Sent = { body: value, query: { event: "101" } };
const text: Sent = { body: 'say "hä"\n', headers: { "content-type": "text/plain" } };
const binary: Sent = { body: Buffer.from([0, 255]), headers: { "content-type": "image/png" } };

const name = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const uuidIn = (body: string) => /"notificationId":"([^"]*)"/.exec(body)?.[1] ?? "";
const attemptTimeIn = (body: string) => /"publish_timestamp":(\d+)/.exec(body)?.[1] ?? "";

/** What the body of each format is, byte for byte. */
const bodies: [string, string, Sent, (about: Delivered) => string][] = [
  ["standard", "JSON", json, ({ time }) => `{"type":"101","timestamp":"${time}","data":${value}}`],
  [
    "standard",
    "text",
    text,
    ({ time }) => `{"type":"Ärger & co","timestamp":"${time}","data":"say \\"hä\\"\\n"}`,
  ],
  [
    "standard",
    "binary",
    binary,
    ({ time }) => `{"type":"Ärger & co","timestamp":"${time}","data":"AP8=","encoding":"base64"}`,
  ],
  ["raw", "JSON", json, () => value],
  ["raw", "text", text, () => 'say "hä"\n'],
  ["momento", "JSON", json, (about) => momento(about, `"text":${JSON.stringify(value)}`)],
  ["momento", "text", text, (about) => momento(about, '"text":"say \\"hä\\"\\n"')],
  ["momento", "binary", binary, (about) => momento(about, '"binary":"AP8="')],
  ["thredd", "JSON", json, (about) => thredd(about, '"101"'.replaceAll('"', ""), "", value)],
  ["thredd", "text", text, (about) => thredd(about, "null", "", '"say \\"hä\\"\\n"')],
  ["thredd", "binary", binary, (about) => thredd(about, "null", ',"encoding":"base64"', '"AP8="')],
  [
    "cloudevents",
    "JSON",
    json,
    (about) => cloudEvent(about, "101", "application/json", `"data":${value}`),
  ],
  [
    "cloudevents",
    "text",
    text,
    (about) => cloudEvent(about, "Ärger & co", "text/plain", '"data":"say \\"hä\\"\\n"'),
  ],
  [
    "cloudevents",
    "binary",
    binary,
    (about) => cloudEvent(about, "Ärger & co", "image/png", '"data_base64":"AP8="'),
  ],
];

function momento({ cacheName, topicName, messageId, text }: Delivered, end: string): string {
  const tokenId = `key_${key.split("_")[1]}`;
  const times = `"event_timestamp":${timeMsOf(messageId)},"publish_timestamp":${attemptTimeIn(text)}`;
  return `{"cache":"${cacheName}","topic":"${topicName}",${times},"topic_sequence_number":1,"token_id":"${tokenId}",${end}}`;
}

function thredd(
  { time, text }: Delivered,
  event: string,
  encoding: string,
  payload: string,
): string {
  const context = `"notificationId":"${uuidIn(text)}","eventCode":${event},"eventVersion":"v1","notificationTime":"${time}"`;
  return `{"context":{${context}${encoding}},"payload":${payload}}`;
}

function cloudEvent(about: Delivered, type: string, contentType: string, data: string): string {
  const { messageId, cacheName, time } = about;
  const source = `/caches/${cacheName}/topics/%C3%84rger%20%26%20co`;
  return `{"specversion":"1.0","id":"${messageId}","source":"${source}","type":"${type}","time":"${time}","datacontenttype":"${contentType}",${data}}`;
}

test.each(bodies)(
  "writes the body of %s for %s byte for byte, and signs it",
  async (format, _, sent, expected) => {
    const about = await delivered(format, sent);
    expect(about.text).toBe(expected(about));
    if (format === "thredd") expect(uuidIn(about.text)).toMatch(name);
    if (format === "momento")
      expect(Number(attemptTimeIn(about.text))).toBeGreaterThanOrEqual(timeMsOf(about.messageId));

    const { headers, refusal } = about.delivery;
    expect(refusal).toBeUndefined();
    expect(headers).toMatchObject({
      ...expectedSignatures(about.delivery, about.secretString),
      "webhook-id": about.messageId,
      "webhook-timestamp": expect.stringMatching(/^\d{10}$/),
      "user-agent": expect.stringMatching(/^Hookcast\/\d+ \(\+\S+\)$/),
      "accept-encoding": "identity",
      "x-mine": "v a",
    });
    const published = sent.headers?.["content-type"] ?? "application/json";
    const types: Record<string, string> = {
      raw: published,
      cloudevents: "application/cloudevents+json",
    };
    expect(headers["content-type"]).toBe(types[format] ?? "application/json");
  },
);

test("numbers the messages of a topic while a momento webhook is subscribed", async () => {
  const topic = { cacheName: freshCache(), topicName: "t" };
  const config = { format: "momento" };
  const id = { cacheName: topic.cacheName, webhookName: "w" };
  const { path } = await subscribe(root, receiver, id, { topicName: "t", config });
  const numbers: unknown[] = [];
  for (let n = 0; n < 3; n += 1) {
    const messageId = await publish(root, topic);
    const { body } = await eventually(() => receiver.find(path, messageId));
    numbers.push(JSON.parse(body.toString()).topic_sequence_number);
  }
  expect(numbers).toEqual([1, 2, 3]);
});
