import { expect, test } from "vitest";
import { unsettableHeaders } from "../../support/network/unsettable-headers.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { plainBody } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

const withHeaders = (customHeaders: object) =>
  root.call(
    "putWebhook",
    { cacheName: freshCache(), webhookName: "w" },
    { json: { ...plainBody, config: { customHeaders } } },
  );

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`h${n}`, "v"]));

test.each([
  ["none", {}],
  ["20 of them", many(20)],
  ["4,000 characters", { h: "v".repeat(4_000) }],
  [
    "4 KiB in all",
    Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`h${n}`, "v".repeat(500)])
        .concat([["x".repeat(80), ""]])
        .filter(([, v]) => v !== ""),
    ),
  ],
  ["every kind of character that a name may have", { "!#$%&'*+-.^_`|~09azAZ": "v" }],
  ["spaces and tabs inside", { h: "a b\tc" }],
  [
    "names that only look like ours",
    { "x-webhook": "v", hosts: "v", "x-content-type": "v", webhook: "v", constructor: "v" },
  ],
])("accepts custom headers: %s", async (_, customHeaders) => {
  const { body } = await withHeaders(customHeaders);
  expect(body).toMatchObject({
    response: { webhook: { config: { customHeaders, customHeader: customHeaders } } },
  });
});

test.each([...unsettableHeaders, "a b", "a:b", "", "ä", "a\nb"])(
  "refuses the custom header %j",
  async (name) => {
    expect(refusalOf(await withHeaders({ ok: "v", [name]: "v" }))).toEqual(
      badFields(`config.customHeaders.${name}`),
    );
  },
);

test.each([
  ["21 of them", many(21), "config.customHeaders"],
  [
    "more than 4 KiB in all",
    Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`h${n}`, "v".repeat(500)])),
    "config.customHeaders",
  ],
  ["a line break", { h: "a\r\nb: c" }, "config.customHeaders.h"],
  ["a space at the end", { h: "a " }, "config.customHeaders.h"],
  ["nothing", { h: "" }, "config.customHeaders.h"],
  ["another script", { h: "größe" }, "config.customHeaders.h"],
  ["one name in two spellings", { h: "a", H: "b" }, "config.customHeaders.H"],
])("refuses custom headers with %s", async (_, headers, path) => {
  expect(refusalOf(await withHeaders(headers))).toEqual(badFields(path));
});
