import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { openApiDocument } from "../../../shared/contract/openapi/document.ts";
import {
  BatchEntry,
  PublishBatchBodyInDocs,
} from "../../../shared/contract/operations/messages/publish-batch.ts";
import { CustomHeaders } from "../../../shared/contract/values/custom-headers.ts";
import { CacheName } from "../../../shared/contract/values/names.ts";
import { SecretString } from "../../../shared/contract/values/secret.ts";
import { Url } from "../../../shared/contract/webhook.ts";
import { checkDestination } from "../../../shared/domain/destination.ts";
import { unsettableHeaders } from "../../support/network/unsettable-headers.ts";

const Link = z.object({ operationId: z.string(), parameters: z.record(z.string(), z.string()) });
const Described = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })),
  responses: z.record(z.string(), z.looseObject({ links: z.optional(z.record(z.string(), Link)) })),
});

const ajv = new Ajv2020({ strict: true });

function documents(type: z.core.$ZodType) {
  const { id, ...schema } = z.toJSONSchema(type, { io: "input" });
  return ajv.compile(schema);
}

function patternsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "pattern" && typeof part === "string" ? [part] : patternsIn(part),
  );
}

const patterns = [...new Set(patternsIn(openApiDocument()))];

test.each(patterns)("Go, PCRE and Python can read the expression %s", (pattern) => {
  const onlyInJavaScript = /\\u|\\c|\\p|\\k|\\[1-9]|\(\?(?!:)/;
  expect(pattern).not.toMatch(onlyInJavaScript);
  // In Go, a repetition of more than a thousand is an error.
  for (const [, most] of pattern.matchAll(/\{\d+,?(\d*)\}/g))
    expect(Number(most)).toBeLessThan(1001);
});

const names = [
  "orders",
  " a ",
  "...",
  "a.",
  "$hookcast",
  "*",
  "💳".repeat(128),
  "\u200b",
  "a\u2028b",
];
const badNames = [
  "",
  " ",
  "\u00a0",
  "\u2003\u3000",
  "\u2028",
  "\ufeff",
  ".",
  "..",
  "💳".repeat(129),
];
const badCharacters = ["/", "?", "#", "%", "\\", "\0", "\t", "\x1f", "\x7f", "\x85", "\x9f"];

test.each([...names, ...badNames, ...badCharacters.flatMap((one) => [one, `a${one}b`])])(
  "service and document agree on the name %j",
  (name) => expect(documents(CacheName)(name)).toBe(z.safeParse(CacheName, name).success),
);

test.each([
  "https://client_domain.com/webhook",
  "HTTPS://EXAMPLE.COM:8443/a?b=c&d=%23@",
  "https://bücher.example?@",
  "https://[2606:4700:4700::1111]:444/",
  "https:host",
  "https:/host",
  "https:///host",
  "https://",
  "https://@host",
  "https://:@host/",
  "https://a\\b",
  "https://host/a\\b",
  "https://host/#",
  "https://host/ a",
  "https://host/\u0000",
  "ftp://host/",
  "host",
  "",
])("service and document agree on the URL %j", (url) =>
  expect(documents(Url)(url)).toBe(checkDestination(url, { allowPrivate: true }) === undefined),
);

const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 0xfb).toString("base64")}`;

test.each([
  ...Array.from({ length: 80 }, (_, bytes) => secretOf(bytes)),
  secretOf(32).replace("=", ""),
  secretOf(32).replace(/.=$/, "t="),
  `whsec_${Buffer.alloc(32, 255).toString("base64url")}`,
])("service and document agree on the secret %s", (secret) =>
  expect(documents(SecretString)(secret)).toBe(z.safeParse(SecretString, secret).success),
);

test.each([
  ...unsettableHeaders.map((name) => ({ [name]: "v" })),
  { host_: "v" },
  { hosts: "v", "x-content-type": "v", tea: "v" },
  { "": "v" },
  { "a b": "v" },
  { a: "" },
  { a: "ä" },
  { a: " b" },
  { a: "b\tc" },
  { a: "v".repeat(4095) },
  { a: "v".repeat(4097) },
])("service and document agree on the headers %j", (headers) =>
  expect(documents(CustomHeaders)(headers)).toBe(z.safeParse(CustomHeaders, headers).success),
);

const operations = Object.values(openApiDocument().paths as Record<string, Record<string, unknown>>)
  .flatMap((methods) => Object.values(methods))
  .map((operation) => z.parse(Described, operation));

test("names the schema of every good answer", () => {
  for (const { operationId, responses } of operations) {
    const [name = ""] = JSON.stringify(responses).match(/[A-Za-z]+Success(?=")/) ?? [];
    expect(name.toLowerCase()).toBe(`${operationId}success`.toLowerCase());
  }
});

test("links lead to operations, and give them every parameter of their path", () => {
  const links = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ links = {} }) => Object.values(links)),
  );
  expect(links.length).toBeGreaterThan(12);
  for (const { operationId, parameters } of links) {
    const target = operations.find((operation) => operation.operationId === operationId);
    const inPath = target?.parameters.filter(({ in: place }) => place === "path");
    expect(Object.keys(parameters).sort()).toEqual(inPath?.map(({ name }) => name).sort());
  }
});

test.each([
  {},
  { value: null },
  { text: "" },
  { binary: "AP8=" },
  { binary: "A" },
  { value: 1, text: "a" },
  { text: "a", binary: "AP8=" },
  { value: 1, event: null, productId: 7, idempotencyKey: "k" },
  { value: 1, event: -1 },
  { value: 1, note: 1 },
])("service and document agree on the entry %j of a batch", (entry) =>
  expect(documents(PublishBatchBodyInDocs)({ messages: [entry] })).toBe(
    z.safeParse(BatchEntry, entry).success,
  ),
);
