import { expect, test } from "vitest";
import type { Answer } from "../document/exchange.ts";
import { bodies, freshParams } from "../document/good-requests.ts";
import { additions, mutations } from "../document/json-mutations.ts";
import { openService } from "../service.ts";
import { listWebhooks } from "../webhooks.ts";
import { badFields, refusalOf } from "./refusal.ts";

const { root } = await openService();

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
    const params = await freshParams(root);
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
  // A body with many fields makes hundreds of requests, each of which waits for the one before.
  600_000,
);

test.each(bodies)("%s names an unknown field wherever it stands", async (operation, bodyOf) => {
  const params = await freshParams(root);
  for (const { path, json } of additions(bodyOf(params), "unknownField")) {
    // A header may have any name, an entry fails alone, and a document or a value has what it has.
    if (/(custom|meta)Headers?\.|^messages\.|^document\.|^(filter\.)?value\./.test(path)) continue;
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
  // No longer than any operation takes.
  ["40,000 objects in each other", `${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`],
  ["100,000 open brackets", "[".repeat(100_000)],
];

test.each(bodies)("%s refuses what is not even an object", async (operation) => {
  const params = await freshParams(root);
  const before = await listWebhooks(root, params.cacheName);
  for (const [what, body] of notEvenObjects) {
    const { status, code } = refusalOf(await root.call(operation, params, { body }));
    expect([what, status, code]).toEqual([what, 400, "INVALID_ARGUMENT_ERROR"]);
  }
  expect(await listWebhooks(root, params.cacheName)).toEqual(before);
});

test("every bad field of a body, a query and a header is told at once", async () => {
  const params = await freshParams(root);
  const json = {
    destination: { postUrl: "ftp://x" },
    topicName: "",
    productId: "1",
    events: [1.5, "x y"],
    config: {
      format: "x",
      timeoutSeconds: 0,
      maxPerSecond: 0.09,
      customHeaders: { host: "x", "a b": "y", n: 1 },
    },
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
      "config.maxPerSecond",
      "config.customHeaders.host",
      "config.customHeaders.a b",
      "config.customHeaders.n",
      "secretString",
      "more",
    ),
  );
});
