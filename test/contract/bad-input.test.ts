import { expect, test } from "vitest";
import type { Answer, Sent } from "./client.ts";
import { freshCache } from "./fresh-names.ts";
import { additions, mutations } from "./json-mutations.ts";
import { type Operation, operationNames, operations, pathOf } from "./operations.ts";
import { badFields, refusalOf } from "./refusal.ts";
import { openService } from "./service.ts";
import { listWebhooks, putWebhook } from "./webhooks.ts";

const { root } = await openService();
const url = "https://client_domain.com/webhook";

async function freshParams() {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const { webhookId } = await putWebhook(root, id);
  return { ...id, webhookId, topicName: "t", messageId: "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN" };
}
type Params = Awaited<ReturnType<typeof freshParams>>;

/** A body with every field, for each operation that takes one. */
const bodies: [Operation, (params: Params) => object][] = [
  [
    "putWebhook",
    ({ cacheName, webhookName }) => ({
      id: { cacheName, webhookName },
      destination: { postUrl: url },
      topicName: "t",
      productId: 7,
      events: [101, "invoice.paid"],
      config: { customHeaders: { header1: "value_1" }, format: "raw", timeoutSeconds: 15 },
      secretString: `whsec_${"A".repeat(32)}`,
    }),
  ],
  [
    "updateWebhookDetails",
    () => ({
      productId: 7,
      events: [101, "invoice.paid"],
      config: { url, customHeader: { header1: "value_1" }, format: "raw", timeoutSeconds: 15 },
    }),
  ],
  ["updateWebhookStatus", () => ({ webhookStatus: "active" })],
  ["rotateWebhookSecret", () => ({ graceHours: 24 })],
  ["publishBatch", () => ({ messages: [{ value: 1 }] })],
];

const junk = [
  null,
  true,
  0.5,
  -1,
  1e300,
  "",
  "x",
  "x y",
  "\ud800",
  "x".repeat(100_000),
  [],
  [[]],
  {},
  { a: 1 },
];

/** Refuses what it refuses with a 400 that blames only `path`, or parts of it, or what it is part of. */
function expectBlame({ status, body }: Answer, path: string): void {
  const blamed = refusalOf({ status, body, headers: {}, text: "" });
  expect(blamed).toMatchObject({ status: 400, code: "INVALID_ARGUMENT_ERROR" });
  expect(blamed.paths).not.toEqual([]);
  const related = (a: string, b: string) =>
    a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  expect(
    blamed.paths.filter((one) => !related(one, path)),
    path,
  ).toEqual([]);
}

test.each(bodies)(
  "%s takes what it documents, blames what is wrong, and changes nothing then",
  async (operation, bodyOf) => {
    const params = await freshParams();
    let before = await listWebhooks(root, params.cacheName);
    for (const { path, json } of mutations(bodyOf(params), junk)) {
      // The client fails where the service fails, or takes what its document forbids.
      const answer = await root.call(operation, params, { json });
      const after = await listWebhooks(root, params.cacheName);
      if (answer.status >= 300) {
        expectBlame(answer, path);
        expect(after, path).toEqual(before);
      }
      before = after;
    }
  },
);

test.each(bodies)("%s names an unknown field wherever it stands", async (operation, bodyOf) => {
  const params = await freshParams();
  for (const { path, json } of additions(bodyOf(params), "unknownField")) {
    if (/customHeaders?\.|^messages\./.test(path)) continue; // a header may have any name, an entry fails alone
    const answer = await root.call(operation, params, { json });
    expect(refusalOf(answer)).toEqual(badFields(path));
  }
});

const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);

const notEvenObjects: [string, string | Buffer][] = [
  ["half an object", "{"],
  ["a trailing comma", '{"a":1,}'],
  ["a comment", "{} // none"],
  ["single quotes", "{'a':1}"],
  ["NaN", "NaN"],
  ["undefined", "undefined"],
  ["white space", " \n"],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
  ["null", "null"],
  ["a list", "[]"],
  ["a number", "1"],
  ["a text", '"x"'],
  ["100,000 lists in each other", deep("[", "]")],
  ["100,000 objects in each other", deep('{"a":', "1").slice(0, -99_999) + "}".repeat(100_000)],
  ["100,000 open brackets", "[".repeat(100_000)],
];

test.each(bodies)("%s refuses what is not even an object", async (operation) => {
  const params = await freshParams();
  const before = await listWebhooks(root, params.cacheName);
  for (const [what, body] of notEvenObjects) {
    const { status, code } = refusalOf(await root.call(operation, params, { body }));
    expect([what, status, code]).toEqual([what, 400, "INVALID_ARGUMENT_ERROR"]);
  }
  expect(await listWebhooks(root, params.cacheName)).toEqual(before);
});

const inPath = operationNames.flatMap((operation) =>
  [...operations[operation][1].matchAll(/\{(\w+)\}/g)].map(
    ([, name = ""]) => [operation, name] as const,
  ),
);
const bodyFor = (operation: Operation, params: Params): Sent => {
  const json = bodies.find(([name]) => name === operation)?.[1](params);
  return operation === "publish" ? { json: {} } : json ? { json } : {};
};

test.each(inPath)(
  "%s refuses a malformed %s, whatever is wrong with it",
  async (operation, name) => {
    const params = await freshParams();
    for (const value of [
      " ",
      "a%b",
      "a\0b",
      "a?b",
      "a#b",
      "x".repeat(5_000),
      "\u{1f600}".repeat(129),
    ]) {
      const sent = bodyFor(operation, params);
      const answer = await root.call(operation, { ...params, [name]: value }, sent);
      expect(refusalOf(answer).paths, value.slice(0, 20)).toContain(name);
      expect(answer.status).toBe(400);
    }
  },
);

test.each(inPath)(
  "%s with a %s that the gateway cannot read or carry never reaches a function",
  async (operation, name) => {
    const params = await freshParams();
    const [method] = operations[operation];
    const around = pathOf(operation, { ...params, [name]: "HERE" });
    const statuses = [];
    for (const value of ["%", "%zz", "%C3%28", "%ff", "x".repeat(100_000)]) {
      const answer = await root.send({ method, target: around.replace("HERE", value) });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 431]);
  },
);

test("every bad field of a body, a query and a header is told at once", async () => {
  const params = await freshParams();
  const json = {
    destination: { postUrl: "ftp://x" },
    topicName: "",
    productId: "1",
    events: [1.5, "x y"],
    config: { format: "x", timeoutSeconds: 0, customHeaders: { host: "x", "a b": "y", n: 1 } },
    secretString: "x",
    more: 1,
  };
  const answer = await root.call("putWebhook", params, { json, headers: { "if-match": "x" } });
  expect(refusalOf(answer)).toEqual(
    badFields(
      "if-match",
      "destination.postUrl",
      "topicName",
      "productId",
      "events.0",
      "events.1",
      "config.format",
      "config.timeoutSeconds",
      "config.customHeaders.host",
      "config.customHeaders.a b",
      "config.customHeaders.n",
      "secretString",
      "more",
    ),
  );
});
