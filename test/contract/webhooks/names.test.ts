import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { getWebhook, listWebhooks, subscribe, succeed } from "../webhooks.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const names = [
  "Latin",
  "Ελληνικά",
  "Кириллица",
  "עברית",
  "العربية",
  "हिन्दी",
  "বাংলা",
  "தமிழ்",
  "ไทย",
  "ລາວ",
  "မြန်မာ",
  "ខ្មែរ",
  "ქართული",
  "հայերեն",
  "አማርኛ",
  "中文",
  "ひらがなカタカナ",
  "한국어",
  "ᏣᎳᎩ",
  "ᠮᠣᠩᠭᠣᠯ",
  "a.b",
  "a:b",
  "a b",
  "  padded  ",
  "...",
  "a+b",
  "a&b=c;d",
  "~!@$^*()[]{}|'\"`<>,",
  "*",
  "$topic",
  "e\u0301 is not é",
  "\u{1f469}\u{200d}\u{1f4bb}",
  "\u{feff}x",
  "\u{fffe}",
  "\u{10ffff}",
  "__proto__",
  "constructor",
  "a".repeat(128),
  "\u{1f600}".repeat(128),
  "\u0301".repeat(128),
  "ä".repeat(127).concat("."),
];

/** As much of a name as tells it from the others. */
const short = (name: string) => [...name].slice(0, 12).join("");

test.each(names.map((name) => [short(name), name]))(
  "%s is a name in every place",
  async (_, name) => {
    const cacheName = name;
    const topicName = name.replace(/^\$/, "€"); // nobody publishes to a topic that begins with $
    const id = { cacheName, webhookName: name };
    const config = { format: "momento" };
    const { webhookId, path, webhook } = await subscribe(root, receiver, id, {
      topicName,
      config,
      id,
    });
    expect(webhook).toMatchObject({ id, topicName });
    expect((await listWebhooks(root, cacheName, { topicName })).webhooks).toEqual([webhook]);
    expect((await getWebhook(root, webhookId)).webhook).toEqual(webhook);
    const names = { webhookName: name, cacheName };
    expect((await succeed(root, "getWebhookSecret", id)).body).toMatchObject({ response: names });
    expect(
      (await succeed(root, "rotateWebhookSecret", id, { json: { graceHours: 1 } })).body,
    ).toMatchObject({ response: names });

    const messageId = await publish(
      root,
      { cacheName, topicName },
      { json: {}, headers: { "idempotency-key": "k", "content-type": "application/json" } },
    );
    const { body } = await eventually(() => receiver.find(path, messageId));
    expect(JSON.parse(body.toString())).toMatchObject({ cache: name, topic: topicName });
    expect((await succeed(root, "getMessage", { cacheName, messageId })).body).toMatchObject({
      response: { cacheName, topicName },
    });
    await succeed(root, "deleteWebhook", id);
    expect((await listWebhooks(root, cacheName)).webhooks).toEqual([]);
  },
);
