import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, test, vi } from "vitest";
import { isOwnFault, isUnavailable } from "../../../shared/runtime/failures.ts";
import { type RecordedAnswer, startRecordingAws } from "./recording-aws.ts";
import { type Twin, twinOf, twins, useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

async function scripted(...answers: Parameters<typeof startRecordingAws>) {
  const aws = await startRecordingAws(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  return aws;
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const item = {
  pk: { S: 'a"B":"b', é: "" },
  B: { B: base64("bytes") },
  BS: { BS: [base64("one"), base64("two")] },
  n: { N: "12.5" },
  ns: { NS: ["1", "2"] },
  ss: { SS: ["B", "BS"] },
  flag: { BOOL: false },
  none: { NULL: true },
  list: { L: [{ M: { B: { S: "text" }, b: { B: base64("\u0000\u00ff") } } }, { L: [] }] },
};
const entry = (id: string, body: string) => ({
  Id: id,
  MessageId: `message-${id}`,
  MD5OfMessageBody: hash("md5", body),
});
const failed = { Id: "1", SenderFault: false, Code: "InternalError", Message: "again" };

/** As each service answers each operation. */
const answers: Record<string, object> = {
  GetItem: { Item: item },
  PutItem: {},
  DeleteItem: {},
  UpdateItem: { Attributes: item },
  Query: { Items: [item, item], Count: 2, ScannedCount: 3, LastEvaluatedKey: { pk: { S: "a" } } },
  Scan: { Items: [item], Count: 1, ScannedCount: 3, LastEvaluatedKey: { id: { S: "a" } } },
  BatchGetItem: {
    Responses: { rows: [item], B: [], BS: [item] },
    UnprocessedKeys: { rows: { Keys: [{ B: { B: base64("key") } }], ConsistentRead: true } },
  },
  BatchWriteItem: { UnprocessedItems: { rows: [{ PutRequest: { Item: item } }] } },
  TransactWriteItems: {},
  SendMessageBatch: { Successful: [entry("0", "{}")], Failed: [failed] },
  ChangeMessageVisibilityBatch: { Successful: [{ Id: "0" }], Failed: [failed] },
  GetQueueAttributes: { Attributes: { ApproximateNumberOfMessages: "7" } },
  GenerateDataKey: { KeyId: "k", CiphertextBlob: base64("wrapped"), Plaintext: base64("plain") },
  Decrypt: {
    KeyId: "k",
    Plaintext: base64("\u0000\u00ff"),
    EncryptionAlgorithm: "RSAES_OAEP_SHA_1",
  },
};

/** Whole and comparable: the SDK's texts of bytes are views of one buffer. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}

test.each(twins)("an answer to $operation is read as the SDK reads it", async (twin) => {
  const body = answers[twin.operation];
  if (!body) throw new Error(`no answer to ${twin.operation}`);
  await using _aws = await scripted([200, body, { "x-amzn-requestid": "request-1" }]);
  const byThem = await twin.theirs();
  const byUs = await twin.ours();
  expect(plain(byUs)).toEqual(plain(byThem));
  expect(byUs).toMatchObject({ $metadata: { requestId: "request-1", attempts: 1 } });
});

const getItem = twinOf("GetItem");
const send = twinOf("SendMessageBatch");

function withCrc(body: object, of: string = JSON.stringify(body)): RecordedAnswer {
  return [200, body, { "x-amz-crc32": String(crc32(of)) }];
}

test("an answer of DynamoDB that came whole is taken", async () => {
  await using aws = await scripted(withCrc({ Item: item }));
  expect(await getItem.ours()).toHaveProperty("Item.pk", item.pk);
  expect(aws.calls.length).toBe(1);
});

test("an answer of DynamoDB whose CRC-32 is another is asked for again", async () => {
  await using aws = await scripted(withCrc({}, "{"), withCrc({ Item: item }));
  expect(await getItem.ours()).toHaveProperty("Item.pk", item.pk);
  expect(aws.calls.length).toBe(2);
});

test("answers whose CRC-32 is always another fail as a call that was not taken", async () => {
  await using _aws = await scripted(withCrc({}, "{"));
  const error = await failureOf(getItem);
  expect(error).toMatchObject({ name: "DigestError" });
  expect(isUnavailable(error)).toBe(true);
});

test("an answer that is cut short is asked for again, and is no fault of our own", async () => {
  await using aws = await scripted([200, '{"Item":'], [200, { Item: item }]);
  expect(await getItem.ours()).toHaveProperty("Item.pk", item.pk);
  expect(aws.calls.length).toBe(2);
  await using _cut = await scripted([200, '{"Item":']);
  expect(isOwnFault(await failureOf(getItem))).toBe(false);
});

test("a queue that took another body than was sent is told apart, as by the SDK, and not asked again", async () => {
  await using aws = await scripted([200, { Successful: [entry("0", "{}"), entry("1", "{x}")] }]);
  const byThem = await failureOf({ ...send, ours: send.theirs });
  const byUs = await failureOf(send);
  expect(String(byThem)).toContain("message-1");
  expect(String(byUs)).toMatch(/DigestError: .* message-1$/);
  expect(isUnavailable(byUs)).toBe(true);
  expect(aws.calls.length).toBe(2);
});

test("an answer that never ends is not read to its end", async () => {
  await using aws = await scripted([200, { KeyId: "k".repeat(100_000) }]);
  expect(await failureOf(twinOf("Decrypt"))).toMatchObject({
    name: "AnswerTooLargeError",
    message: "an answer of more than 65536 bytes",
  });
  expect(aws.calls.length).toBe(1);
});

async function failureOf({ ours }: Pick<Twin, "ours">): Promise<unknown> {
  return ours().then(
    () => "no failure",
    (thrown: unknown) => thrown,
  );
}
