import { expect, test } from "vitest";
import { readBody } from "../../../../shared/delivery/ingest/read-body.ts";
import { AppError } from "../../../../shared/domain/app-error.ts";

const open = { queue: "ingest" };
const orders = { queue: "orders", name: "orders", caches: ["orders", "refunds"] };
const to = { cacheName: "orders", topicName: "paid" };

function draftsOf(body: unknown, source: Parameters<typeof readBody>[1] = open) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readBody(text, source).entries.map(({ draft }) => draft);
}

function reasonsOf(...args: Parameters<typeof draftsOf>) {
  return draftsOf(...args).map((draft) =>
    draft instanceof AppError ? (draft.details ?? [{ path: "", message: draft.message }]) : "good",
  );
}

test("reads an entry with all that publishBatch takes, and where it goes", () => {
  const entry = {
    ...to,
    event: "order.paid",
    productId: 7,
    idempotencyKey: "k-1",
    hops: 2,
    value: { total: 12 },
  };
  expect(draftsOf(entry)).toEqual([
    {
      ...to,
      keyId: "ingest",
      event: "order.paid",
      productId: 7,
      idempotencyKey: "k-1",
      hops: 2,
      contentType: "application/json",
      payload: { kind: "json", text: '{"total":12}' },
    },
  ]);
});

test("keeps each value in its own text, alone and in an array", () => {
  const values = ["9007199254740993", '{ "a":1.0,  "a":2, "__proto__":3 }', '"]}"', "null", "[ ]"];
  const entries = values.map(
    (value) => `{"cacheName":"orders","topicName":"paid", "value" : ${value} }`,
  );
  const payloads = values.map((text) => ({ payload: { kind: "json", text } }));
  expect(draftsOf(`[ ${entries.join(" , ")} ]`)).toMatchObject(payloads);
  for (const [index, entry] of entries.entries()) {
    expect(draftsOf(` ${entry}`)).toMatchObject([payloads[index]]);
  }
});

test("an entry's own text is a body that says the same", () => {
  const body = `[{"cacheName":"orders","topicName":"paid","value":1.0}, {"cacheName": "orders"}]`;
  const { entries, isArray } = readBody(body, open);
  expect(isArray).toBe(true);
  for (const { text, draft } of entries) expect(draftsOf(text)).toEqual([draft]);
});

test("takes texts and bytes, and with a content type what publish takes with it", () => {
  expect(
    draftsOf([
      { ...to, text: "größe" },
      { ...to, binary: "AP8=" },
      { ...to, text: "<a/>", contentType: "application/xml" },
      { ...to, value: 1, contentType: "application/vnd.order+json" },
      { ...to, binary: "eyJhIjoxfQ==", contentType: "application/json" },
      { ...to, text: "a=1", contentType: "application/x-www-form-urlencoded" },
    ]),
  ).toMatchObject([
    { payload: { kind: "text", text: "größe" }, contentType: "text/plain; charset=utf-8" },
    { payload: { kind: "binary", base64: "AP8=" }, contentType: "application/octet-stream" },
    { payload: { kind: "binary", base64: "PGEvPg==" }, contentType: "application/xml" },
    { payload: { kind: "json", text: "1" }, contentType: "application/vnd.order+json" },
    { payload: { kind: "json", text: '{"a":1}' }, contentType: "application/json" },
    { payload: { kind: "binary", base64: "YT0x" } },
  ]);
});

test("lets a bad entry fail alone, with every field that is bad", () => {
  const fields = (entry: unknown) => {
    const [reason = "good"] = reasonsOf([entry]);
    return reason === "good" ? reason : reason.map(({ path }) => path);
  };
  expect(fields({ ...to, value: 1 })).toBe("good");
  expect(fields({ value: 1 })).toEqual(["cacheName", "topicName"]);
  expect(fields({ ...to })).toEqual(["body"]);
  expect(fields({ ...to, value: 1, text: "x" })).toEqual(["body"]);
  expect(fields({ ...to, value: 1, note: 1, event: "?" })).toEqual(["event", "note"]);
  expect(fields({ ...to, cacheName: "a/b", value: 1 })).toEqual(["cacheName"]);
  expect(fields({ ...to, value: 1, hops: -1 })).toEqual(["hops"]);
  expect(fields({ ...to, value: 1, hops: 0.5 })).toEqual(["hops"]);
  expect(fields({ ...to, text: "no JSON", contentType: "application/json" })).toEqual(["body"]);
  expect(fields({ ...to, text: "x", contentType: "nothing" })).toEqual(["content-type"]);
  expect(fields({ ...to, topicName: "$hookcast", value: 1 })).toEqual(["topicName"]);
  expect(fields("text")).toEqual(["body"]);
  expect(reasonsOf([{ ...to, text: "x".repeat(262_145) }])).toEqual([
    [{ path: "", message: "a message has at most 262144 bytes" }],
  ]);
  const proto = `{"cacheName":"orders","topicName":"paid","value":1,"__proto__":{}}`;
  expect(reasonsOf(proto)).toEqual([[{ path: "__proto__", message: "is not a known field" }]]);
});

test.each([["no JSON"], [""], ["[]"], [`[${Array(101).fill(0).join(",")}]`]])(
  "a body that is no entry and no array of up to a hundred is refused as a whole: %.10s",
  (body) => {
    const { entries, isArray } = readBody(body, open);
    expect(isArray).toBe(false);
    expect(entries).toEqual([{ text: body, draft: expect.any(AppError) }]);
  },
);

test("a body of EventBridge that lacks the value of a path is refused with the member's name", () => {
  const without = (value: string) => `{"cacheName":"orders","topicName":"paid","value":${value}}`;
  const reason = (member: string) => [
    [{ path: "body", message: `body must be JSON: ${member} has no value` }],
  ];
  expect(reasonsOf(without(""))).toEqual(reason("value"));
  expect(reasonsOf(without('{"order":,"from":"shop"}'))).toEqual(reason("order"));
  expect(reasonsOf(without('{"from":"shop","total": }'))).toEqual(reason("total"));
});

test("a source publishes to its caches only, under its own name", () => {
  expect(draftsOf({ ...to, cacheName: "refunds", value: 1 }, orders)).toMatchObject([
    { cacheName: "refunds", keyId: "ingest/orders" },
  ]);
  expect(reasonsOf({ ...to, cacheName: "payroll", value: 1 }, orders)).toEqual([
    [{ path: "cacheName", message: "is none of the source's caches" }],
  ]);
});

const files = {
  queue: "files",
  name: "files",
  caches: ["files"],
  wrap: { cacheName: "files", topicName: "created", event: "file.created" },
};

test("where a source wraps, the whole body is the value: JSON in its own text, anything else as text", () => {
  const facts = { ...files.wrap, keyId: "ingest/files", productId: null, hops: 0 };
  expect(draftsOf('{ "cacheName": "other", "n": 1.0 }', files)).toEqual([
    {
      ...facts,
      contentType: "application/json",
      payload: { kind: "json", text: '{ "cacheName": "other", "n": 1.0 }' },
    },
  ]);
  expect(draftsOf("[1, 2]", files)).toMatchObject([{ payload: { kind: "json", text: "[1, 2]" } }]);
  expect(draftsOf("disk is full", files)).toMatchObject([
    { ...facts, payload: { kind: "text", text: "disk is full" } },
  ]);
});

test("what S3 sends when notifications are set up is dropped, and nothing else is", () => {
  const s3Test = { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "files" };
  expect(draftsOf(s3Test, files)).toEqual([]);
  expect(draftsOf({ Records: [{ eventName: "ObjectCreated:Put" }] }, files)).toHaveLength(1);
  expect(reasonsOf(s3Test)).not.toEqual([]);
});
