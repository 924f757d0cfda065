import fc from "fast-check";
import { type OperationId, routes } from "../../shared/contract/routes.ts";
import { bodyFor, parametersIn, queryNames, routeOf } from "./requests.ts";

export interface HostileRequest {
  operationId: OperationId;
  method: string;
  /** Path and query exactly as they go out. */
  target: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

const oddTexts = [
  "",
  " ",
  ".",
  "..",
  "\0",
  "\u{feff}",
  "\u{1f600}".repeat(129),
  "a".repeat(5000),
  "a/b",
  "%",
  "%2e%2e",
  "\\",
  "*",
  "$aws",
  "'\"`;--",
  "{{7*7}}",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
];
const oddText = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: "binary", maxLength: 200 }),
);

/** Bytes that are no UTF-8, and encodings that a decoder may choke on. */
const rawSegments = [
  "%ED%A0%80",
  "%C3",
  "%FF",
  "%",
  "%zz",
  "%00",
  "%2F",
  "%252F",
  "..%2f..",
  "%C0%AF",
];

function segment(usual: string | undefined): fc.Arbitrary<string> {
  const encoded = oddText.map((text) => encodeURIComponent(text.toWellFormed()));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(encodeURIComponent(usual ?? "x")) },
    { weight: 2, arbitrary: encoded },
    { weight: 1, arbitrary: fc.constantFrom(...rawSegments) },
  );
}

const oddJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, -0, 1e308, 2 ** 53, "\ud800", "\0", [], {}, [[]], "9".repeat(400)),
  fc.string({ unit: "binary" }),
);

/** A good body with one part of it replaced or added; the parts go one level deep, where objects nest. */
function nearly(good: Record<string, unknown>): fc.Arbitrary<string> {
  const names = [...Object.keys(good), "__proto__", "constructor", "extra", ""];
  return fc.tuple(fc.constantFrom(...names), oddJson, fc.boolean()).map(([name, odd, isDeep]) => {
    const inner = good[name];
    const nested = typeof inner === "object" && inner !== null && !Array.isArray(inner);
    const part = isDeep && nested ? { ...inner, [Object.keys(inner)[0] ?? "x"]: odd } : odd;
    // Defined, not assigned: a plain assignment of __proto__ would not be a key of the JSON.
    return JSON.stringify(
      Object.defineProperty({ ...good }, name, { value: part, enumerable: true }),
    );
  });
}

const depths = [100, 10_000, 100_000];
const deep = fc
  .constantFrom(
    ...depths.flatMap(
      (n) =>
        [
          [n, "[", "]"],
          [n, '{"a":', "}"],
        ] as const,
    ),
  )
  .chain(([n, open, close]) => {
    const opened = open.repeat(n);
    return fc.constantFrom(opened, `${opened}1${close.repeat(n)}`);
  });

function bodyOf(operationId: OperationId, params: Record<string, string>) {
  const good = bodyFor(operationId, params);
  const choices = [
    fc.constant(undefined),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    oddJson.map((json) => JSON.stringify(json)),
    deep,
    fc.constantFrom(
      '{"a":"\\ud800"}',
      '{"a":1,"a":2}',
      '{"__proto__":{"x":1}}',
      "\u{feff}{}",
      "{}\0",
    ),
  ];
  if (good) choices.push(fc.constant(JSON.stringify(good)), nearly(good), nearly(good));
  return fc.oneof(...choices);
}

const oddHeader = fc.oneof(
  fc.string({ unit: fc.constantFrom(..." !\"',;=*/\\azAZ09~"), maxLength: 60 }),
  fc.constantFrom(
    "*",
    '"1"',
    'W/"1"',
    "-1",
    "application/json",
    "text/plain; charset=utf-16",
    "x".repeat(4000),
  ),
);
const headerNames = [
  "if-match",
  "if-none-match",
  "idempotency-key",
  "content-type",
  "x-forwarded-for",
];

const oddQuery = fc.oneof(
  fc.constantFrom(
    "limit=0",
    "limit=1e9",
    "cursor=e30",
    "cursor=WzEsMl0",
    "event=%00",
    "productId=9".repeat(30),
  ),
  fc
    .tuple(oddText, oddText)
    .map(([name, value]) =>
      [name, value].map((part) => encodeURIComponent(part.toWellFormed())).join("="),
    ),
);

/** Requests to every operation: good ones, nearly good ones, and garbage. */
export function hostileRequests(params: Record<string, string>): fc.Arbitrary<HostileRequest> {
  const operationIds = Object.keys(routes) as OperationId[]; // Object.keys forgets the literal keys
  return fc.constantFrom(...operationIds).chain((operationId) => requestTo(operationId, params));
}

function requestTo(operationId: OperationId, given: Record<string, string>) {
  const { method, path } = routeOf(operationId);
  const names = parametersIn(path);
  // The other webhook may go, so that the one whose id is known stays.
  const params = operationId === "deleteWebhook" ? { ...given, webhookName: "another" } : given;
  const known = queryNames(operationId).map((name) =>
    oddText.map((text) => `${name}=${encodeURIComponent(text.toWellFormed())}`),
  );
  return fc
    .record({
      segments: fc.tuple(...names.map((name) => segment(params[name]))),
      query: fc.array(fc.oneof(oddQuery, ...known), { maxLength: 3 }),
      headers: fc.dictionary(fc.constantFrom(...headerNames), oddHeader, { maxKeys: 3 }),
      body: bodyOf(operationId, params),
    })
    .map(({ segments, query, headers, body }): HostileRequest => {
      const filled = names.reduce(
        (rest, name, n) => rest.replace(`{${name}}`, segments[n] ?? ""),
        path,
      );
      const target = query.length > 0 ? `${filled}?${query.join("&")}` : filled;
      const type = { "content-type": "application/json" };
      return { operationId, method, target, headers: { ...type, ...headers }, body };
    });
}
