import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { publishLines, type SendLines } from "../../../cli/publish/batch.ts";
import { eachLine } from "../../../cli/publish/lines.ts";
import { LineAccount } from "../../../cli/publish/unsent.ts";
import { createClient } from "../../../client/create-client.ts";
import { refusal, scriptedFetch, success } from "../client/scripted-fetch.ts";

const topic = { cacheName: "c", topicName: "t" };

function sendBy(client: ReturnType<typeof createClient>): SendLines {
  return (messages, signal) => client.publishBatch({ ...topic, messages }, { signal });
}

let folder: string;
let file: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-batch-"));
  file = join(folder, "values.ndjson");
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const output = {
  isJson: false,
  list: () => undefined,
  show: () => undefined,
  line: () => undefined,
  showText: () => undefined,
  bytes: () => undefined,
  json: () => undefined,
  document: () => undefined,
  sentence: (text: string) => void said.push(text),
  note: (text: string) => void said.push(text),
};

/** Publishes so many lines; the answers are given in turn, and after the last there is none. */
async function publish(
  lineCount: number,
  [first, ...others]: [number, ...number[]],
  idempotencyKey?: string,
  end: Response | Error = new TypeError("fetch failed"),
) {
  writeFileSync(file, Array.from({ length: lineCount }, (_, index) => index).join("\n"));
  const answer = (count: number) =>
    success({ results: Array.from({ length: count }, () => ({ messageId: "msg_1" })) });
  const { fetch, requests } = scriptedFetch(answer(first), ...others.map(answer), end);
  const options = { url: "https://api.example", key: "hk_1", maxRetries: 0, fetch };
  const lines = { file, areEntries: false, forAll: {}, idempotencyKey };
  const outcome = await publishLines(output, sendBy(createClient(options)), lines).catch(
    (error: unknown) => String(error),
  );
  return { outcome, requests };
}

test("says of which lines it knows nothing when no answer comes", async () => {
  const { outcome } = await publish(250, [100]);
  expect(outcome).toContain("fetch failed");
  expect(said).toEqual([
    "The lines 101 to 200 may or may not have been published; those after them were not. " +
      "With --idempotency-key you can publish a file again without duplicates.",
  ]);
});

test("says that nothing was published where the service refuses a batch", async () => {
  const { outcome } = await publish(250, [100], undefined, refusal(403, { message: "no" }));
  expect(outcome).toContain("no");
  expect(said).toEqual(["The lines 101 to 200 and those after them were not published."]);
});

test("gives each line a key of its own, which is the same when the file is published again", async () => {
  const [first, second] = [await publish(150, [100, 50], "k"), await publish(150, [100, 50], "k")];
  expect(first.outcome).toBeUndefined();
  expect(said).toEqual(["published 150 of 150", "published 150 of 150"]);
  const bodies = first.requests.map(({ body }) => body);
  expect(bodies[1]).toContain('{"value":149,"idempotencyKey":"k-150"}');
  expect(second.requests.map(({ body }) => body)).toEqual(bodies);
});

test("names what it had read and not sent when its input breaks off", async () => {
  async function* broken() {
    yield Buffer.from("1\n2\n3");
    throw new Error("the input broke off");
  }
  const account = new LineAccount();
  const lines: number[] = [];
  await (async () => {
    for await (const { number } of eachLine(broken(), 100, account.reading)) {
      account.read(number);
      lines.push(number);
    }
  })().catch(() => undefined);
  expect(lines).toEqual([1, 2]);
  expect(account.unsent()).toEqual([1, 2, 3]);
  expect(account.describe()).toBe("Not published: the lines 1 to 3, and what follows.");
  account.sent([1, 2]);
  expect(account.describe()).toBe("Not published: line 3, and what follows.");
});

test("names a line that is too long, and publishes those before and behind", async () => {
  const tooLong = `"${"x".repeat(600_000)}"`;
  writeFileSync(file, `1\n${tooLong}\n3\n`);
  const results = [{ messageId: "msg_1" }, { messageId: "msg_3" }];
  const { fetch, requests } = scriptedFetch(success({ results }));
  const client = createClient({ url: "https://api.example", key: "hk_1", fetch });
  const lines = { file, areEntries: false, forAll: {}, idempotencyKey: "k" };
  await expect(publishLines(output, sendBy(client), lines)).rejects.toThrow("1 of 3 lines");
  expect(said).toEqual(["line 2: is too large: more than 524288 bytes", "published 2 of 3"]);
  // In one request, or in two where a busy machine takes long to read the line.
  expect(requests.flatMap(({ body }) => JSON.parse(body ?? "").messages)).toEqual([
    { value: 1, idempotencyKey: "k-1" },
    { value: 3, idempotencyKey: "k-3" },
  ]);
});
