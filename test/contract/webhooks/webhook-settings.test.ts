import { expect, test } from "vitest";
import { labelled } from "../document/labelled.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

const put = (json: object) =>
  root.call(
    "putWebhook",
    { cacheName: freshCache(), webhookName: "w" },
    { json: { ...plainBody, ...json } },
  );
const withUrl = (postUrl: string) => put({ destination: { postUrl } });

const legalUrls = [
  "https://client_domain.com/webhook",
  "https://example.com",
  "https://example.com:8443/a%20b?c=d&e=%F0%9F%98%80",
  "https://bücher.example/größe",
  "https://[2606:4700::1111]/",
  `https://example.com/${"a".repeat(2048 - "https://example.com/".length)}`,
];

test.each(labelled(legalUrls))(
  "accepts the URL %s and shows it as it was sent",
  async (_, postUrl) => {
    expect((await withUrl(postUrl)).body).toMatchObject({
      response: { webhook: { destination: { postUrl }, config: { url: postUrl } } },
    });
  },
);

const illegalUrls = [
  "",
  " ",
  "example.com",
  "//example.com",
  "ftp://example.com",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "https://",
  "https://exa mple.com",
  "https://user@example.com",
  "https://user:secret@example.com",
  "https://example.com/#",
  "https://example.com/#a",
  "https://example.com/\n",
  "https://example.com/\0",
  "https://example.com/ ",
  " https://example.com",
  "https://example.com/\ud800",
  "https://169.254.169.254/latest",
  "https://[fd00:ec2::254]/",
  `https://example.com/${"a".repeat(2049 - "https://example.com/".length)}`,
];

test.each(labelled(illegalUrls))("refuses the URL %s in a put and in an update", async (_, url) => {
  expect(refusalOf(await withUrl(url))).toEqual(badFields("destination.postUrl"));
  const { webhookId } = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  const json = { productId: null, events: [], config: { url, customHeaders: {} } };
  expect(refusalOf(await root.call("updateWebhookDetails", { webhookId }, { json }))).toEqual(
    badFields("config.url"),
  );
});

test.each([
  ["no event", []],
  ["200 events", Array.from({ length: 200 }, (_, code) => code)],
  ["long names", ["a".repeat(128), "A_1.2.b_", "z", "a-b.c-"]],
  ["the least and the largest code", [0, Number.MAX_SAFE_INTEGER]],
])("accepts %s", async (_, events) => {
  expect((await put({ events })).body).toMatchObject({ response: { webhook: { events } } });
});

test.each([
  ["201 events", Array.from({ length: 201 }, (_, code) => code), "events"],
  [
    "events of more than 4 KiB",
    Array.from({ length: 33 }, (_, n) => `${n}`.padStart(128, "e")),
    "events",
  ],
  ["a repeated event", ["a", 1, "a"], "events"],
  ["digits as a text", ["101"], "events.0"],
  ["a name of 129 characters", ["a".repeat(129)], "events.0"],
  ["an empty part", ["a", "b..c"], "events.1"],
  ["a fraction", [1.5], "events.0"],
  ["more than 53 bits", [2 ** 53], "events.0"],
])("refuses %s", async (_, events, path) => {
  expect(refusalOf(await put({ events }))).toEqual(badFields(path));
});
