import { createConfig, lintFromString } from "@redocly/openapi-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { NoRegistry } from "../../../site/install.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { openAsyncApiParser } from "./asyncapi-parser.ts";

const order = {
  type: "object",
  required: ["lines"],
  properties: { lines: { type: "array", items: { $ref: "#/$defs/Line" } } },
  $defs: { Line: { type: "object", properties: { sku: { type: "string" } } } },
};
/** Refers to its parts by names, below an address of its own. */
const tree = {
  $id: "https://example.com/tree",
  $anchor: "node",
  properties: { left: { $ref: "#node" }, right: { $ref: "#" }, leaf: { $dynamicRef: "#leaf" } },
  $defs: { leaf: { $dynamicAnchor: "leaf", type: ["string", "null"] } },
};
/** Named so that no channel can be called the same. */
const partnersTopic = "a b:c";
const examples = [{ lines: [{ sku: "a" }] }, { lines: [] }];

/** In the order of their puts: the second of order.created is its second version. */
const puts = [
  { topicName: "one", event: "invoice.paid", schema: { type: "object" }, examples: [{ total: 1 }] },
  { topicName: "orders", event: "order.created", schema: { type: "object" } },
  { topicName: "orders", event: "order.created", group: "Orders", schema: order, examples },
  { topicName: "orders", event: "order.moved", status: "deprecated", description: "Old." },
  { topicName: "orders", event: 101, examples: [1, null, "text", []] },
  { topicName: partnersTopic, event: "tree.grown", schema: tree, audience: ["partners"] },
  // Its channel would be called as that of the topic before.
  { topicName: "a_b_c", event: "tree.grown", schema: { type: ["number", "null"] } },
] as const;

/** Documents of the catalogue, and what is in them by topic. */
const catalogues = [
  ["an empty one", "none", {}],
  ["one of one type", "one", { one: ["invoice.paid"] }],
  [
    "one of many, with versions, examples and deprecated ones",
    undefined,
    {
      one: ["invoice.paid"],
      orders: ["101", "order.created", "order.moved"],
      [partnersTopic]: ["tree.grown"],
      a_b_c: ["tree.grown"],
    },
  ],
] as const;

let run: LocalRun;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  run = await startLocalRun();
  client = createClient(run);
  for (const put of puts) await client.putEventType(structuredClone(put) as never);
});
afterAll(() => run?.[Symbol.asyncDispose]());

test("AsyncAPI's own parser reads the exported documents, and finds in them what is there", {
  timeout: 300_000,
}, async ({ skip }) => {
  const read = parserOrReason();
  if (typeof read === "string") return skip(read);
  for (const [what, topicName, expected] of catalogues) {
    const document = await client.exportEventTypes({ document: "asyncapi.json", topicName });
    const { parsed, problems } = await read(document);
    expect(problems, what).toEqual([]);
    const channels = parsed?.channels().all() ?? [];
    const found = channels.map((channel) => {
      const names = channel
        .messages()
        .all()
        .map((message) => message.name());
      return [channel.address(), names.toSorted()];
    });
    expect(Object.fromEntries(found), what).toEqual(expected);
    const messages = channels.flatMap((channel) => channel.messages().all());
    const created = messages.find((message) => message.name() === "order.created");
    const shown = created?.examples().all();
    expect(shown?.map((example) => example.payload())).toEqual(created && examples);
  }
});

test("AsyncAPI's own parser names what is wrong", { timeout: 300_000 }, async ({ skip }) => {
  const read = parserOrReason();
  if (typeof read === "string") return skip(read);
  const text = JSON.stringify(
    await client.exportEventTypes({ document: "asyncapi.json", topicName: "orders" }),
  );
  for (const [good, bad] of [
    ['"action":"send"', '"action":"post"'],
    ["/channels/orders", "/channels/others"],
    ['"type":"array"', '"type":"list"'],
  ] as const) {
    expect(text).toContain(good);
    const { problems } = await read(JSON.parse(text.replaceAll(good, bad)));
    expect(problems, bad).not.toEqual([]);
  }
});

test.each(catalogues)(
  "a public validator takes the exported OpenAPI of %s",
  async (...[, topicName, expected]) => {
    // Redocly takes no schema for a resource of its own, as the $id of the partners' one makes it.
    const document = await client.exportEventTypes({
      ...{ document: "openapi.json", topicName, audience: "everybody" },
    });
    const { [partnersTopic]: _hidden, ...shown } = { [partnersTopic]: [], ...expected };
    const count = Object.values(shown).flat().length;
    expect(Object.keys(Object(document.webhooks))).toHaveLength(count);
    expect(await faultsOf(document)).toEqual([]);
    const faulty = { ...document, webhooks: { ...Object(document.webhooks), x: { send: {} } } };
    expect(await faultsOf(faulty)).not.toEqual([]);
  },
);

/** What the specification says; how a document should be written is a matter of taste. */
async function faultsOf(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ["spec"] });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

function parserOrReason() {
  try {
    return openAsyncApiParser();
  } catch (error) {
    if (error instanceof NoRegistry) return `npm has no @asyncapi/parser: ${error.message}`;
    throw error;
  }
}
