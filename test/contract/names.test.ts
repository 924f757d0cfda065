import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/receiver.ts";
import { freshCache } from "./fresh-names.ts";
import { publish } from "./messages.ts";
import { badFields, refusalOf } from "./refusal.ts";
import { openService } from "./service.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook, subscribe, succeed } from "./webhooks.ts";

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

const refused = [
  ["too long", "a".repeat(129)],
  ["too many pairs", "\u{1f600}".repeat(129)],
  ["?", "a?b"],
  ["#", "a#b"],
  ["%", "a%b"],
  ["an encoded slash", "a%2Fb"],
  ["\\", "a\\b"],
  ["NUL", "a\0b"],
  ["a tab", "a\tb"],
  ["a line", "a\nb"],
  ["DEL", "a\u007fb"],
  ["a C1 control", "a\u0085b"],
  [".", "."],
  ["..", ".."],
] as const;

test.each(refused)("%s is refused in a name", async (_, name) => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const json = plainBody;
  const answers = [
    await root.call("putWebhook", { ...id, cacheName: name }, { json }),
    await root.call("putWebhook", { ...id, webhookName: name }, { json }),
    await root.call("putWebhook", id, { json: { ...json, topicName: name } }),
    await root.call("publish", { ...id, topicName: name }, { json: {} }),
    await root.call("listWebhooks", id, { query: { topicName: name } }),
  ];
  expect(answers.map(refusalOf)).toEqual(
    ["cacheName", "webhookName", "topicName", "topicName", "topicName"].map((path) =>
      badFields(path),
    ),
  );
});

test("a slash is refused where it is no separator, and so is half of a pair", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  for (const topicName of ["a/b", "\ud800", "a\udc00b"]) {
    const answer = await root.call("putWebhook", id, { json: { ...plainBody, topicName } });
    expect(refusalOf(answer)).toEqual(badFields("topicName"));
  }
});

test.each([" ", "   ", "\t", "\u00a0", "\u2003\u3000"])(
  "%j is blank, and the message says whose name is",
  async (blank) => {
    const id = { cacheName: freshCache(), webhookName: "w" };
    const messageOf = async (...call: Parameters<typeof root.call>) => {
      const { status, body } = await root.call(...call);
      expect(status).toBe(400);
      return body;
    };
    const says = (message: string) => ({ error: { code: "INVALID_ARGUMENT_ERROR", message } });
    const json = plainBody;
    expect(await messageOf("putWebhook", { ...id, cacheName: blank }, { json })).toMatchObject(
      says("cache name must not be empty"),
    );
    expect(await messageOf("putWebhook", { ...id, webhookName: blank }, { json })).toMatchObject(
      says("webhook name must not be empty"),
    );
    expect(
      await messageOf("putWebhook", id, { json: { ...json, topicName: blank } }),
    ).toMatchObject(says("topic name must not be empty"));
    expect(await messageOf("putWebhook", id, { json: { ...json, topicName: "" } })).toMatchObject(
      says("topic name must not be empty"),
    );
  },
);

test("names are decoded once: what looks encoded after that stays refused or as it is", async () => {
  const cacheName = freshCache();
  const encodedTwice = `/api/v1/caches/${cacheName}/webhooks/a%2542`;
  const answer = await root.send({ method: "DELETE", target: encodedTwice });
  expect(refusalOf(answer)).toEqual(badFields("webhookName"));
  await putWebhook(root, { cacheName, webhookName: "a+b c" });
  expect((await listWebhooks(root, cacheName)).webhooks.map(({ id }) => id.webhookName)).toEqual([
    "a+b c",
  ]);
});
