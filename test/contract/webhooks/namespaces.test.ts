import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { listWebhooks, subscribe } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

/** Unlike for every run of the tests, like for the comparison. */
const prefix = freshCache();

/** Pairs of cache and topic that some way of joining or folding them would confuse. */
const pairs = [
  ":",
  "::",
  ".",
  "..",
  "-",
  "_",
  "|",
  "+",
  ",",
  ";",
  "&",
  "=",
  "~",
  "*",
  " ",
  "€",
  "\u{feff}",
  "\u2215",
  "\u29f8",
  "\u{ff0f}",
].flatMap((separator) => [
  [`${prefix}a${separator}b`, "c"],
  [`${prefix}a`, `b${separator}c`],
  [`${prefix}a${separator}`, "bc"],
  [`${prefix}a`, `${separator}bc`],
]);
const folded = [
  [`${prefix}e\u0301`, "c"],
  [`${prefix}\u00e9`, "c"],
  [`${prefix}E\u0301`, "c"],
  [`${prefix}ab`, "c"],
  [`${prefix}AB`, "c"],
  [`${prefix}ab`, "C"],
  [`${prefix}ab `, "c"],
  [`${prefix}\uff41b`, "c"],
  [`${prefix}a`, "webhook"],
  [`${prefix}a`, "flags"],
  [`${prefix}webhook`, "a"],
];

test("no pair of cache and topic ever receives what was published to another", async () => {
  const subscribed = await Promise.all(
    [...pairs, ...folded].map(async ([cacheName = "", topicName = ""], index) => {
      const id = { cacheName, webhookName: `w${index}` };
      const { path } = await subscribe(root, receiver, id, { topicName });
      return { cacheName, topicName, path };
    }),
  );
  const sent = await Promise.all(
    subscribed.map(async ({ cacheName, topicName, path }) => {
      const messageId = await publish(root, { cacheName, topicName });
      return `${messageId} ${path}`;
    }),
  );
  const got = () => receiver.deliveries.map(({ messageId, path }) => `${messageId} ${path}`);
  await eventually(() => sent.every((one) => got().includes(one)));
  expect(new Set(got())).toEqual(new Set(sent));

  const caches = new Set(subscribed.map(({ cacheName }) => cacheName));
  for (const cacheName of caches) {
    const { webhooks } = await listWebhooks(root, cacheName);
    const expected = subscribed.filter((one) => one.cacheName === cacheName).length;
    expect([cacheName, webhooks.length]).toEqual([cacheName, expected]);
  }
});
