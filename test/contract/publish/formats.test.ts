import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { Sent } from "../client.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe, succeed } from "../webhooks.ts";
import { attemptTimeIn, bodies, timeMsOf, uuid, uuidIn } from "./format-bodies.ts";
import { publish } from "./messages.ts";
import { expectedSignatures } from "./signatures.ts";

const { root, key } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const Times = z.object({ response: z.object({ publishedTime: z.string() }) });

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
    key,
    messageId,
    delivery,
    secretString,
    text: delivery.body.toString(),
    time: z.parse(Times, kept.body).response.publishedTime,
  };
}

test.each(bodies)(
  "writes the body of %s for %s byte for byte, and signs it",
  async (format, _, sent, expected) => {
    const about = await delivered(format, sent);
    expect(about.text).toBe(expected(about));
    if (format === "thredd") expect(uuidIn(about.text)).toMatch(uuid);
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
