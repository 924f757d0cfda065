import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sqs } from "../../../shared/aws/clients.ts";
import { sendBatch, sendOrThrow, sqsSender } from "../../../shared/queue/send-batch.ts";
import { answerCalls } from "../aws/client-stub.ts";

interface Input {
  QueueUrl: string;
  Entries: { Id: string; MessageBody: string }[];
}

const queueUrl = "http://127.0.0.1/000000000000/Queue";

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

function messages(...bodies: string[]) {
  return bodies.map((body) => ({ body }));
}

function bodiesOf(inputs: Input[]): string[][] {
  return inputs.map(({ Entries }) => Entries.map(({ MessageBody }) => MessageBody));
}

/** A queue that refuses these bodies so many times. */
function refusing(times: number, ...bodies: string[]): Input[] {
  return answerCalls<Input>(sqs, ({ Entries }, call) => ({
    Failed: Entries.filter(({ MessageBody }) => call <= times && bodies.includes(MessageBody)),
  }));
}

test("sends all messages in one call, each with its group and delay", async () => {
  const inputs = refusing(0);
  const sent = [{ body: "a", group: "whk_1" }, { body: "b", delaySeconds: 900 }, { body: "c" }];
  expect(await sendBatch(sqsSender, queueUrl, sent)).toEqual([]);
  expect(inputs).toEqual([
    {
      QueueUrl: queueUrl,
      Entries: [
        { Id: "0", MessageBody: "a", MessageGroupId: "whk_1" },
        { Id: "1", MessageBody: "b", DelaySeconds: 900 },
        { Id: "2", MessageBody: "c" },
      ],
    },
  ]);
});

test("makes no call for no messages", async () => {
  const inputs = refusing(0);
  expect(await sendBatch(sqsSender, queueUrl, [])).toEqual([]);
  expect(inputs).toEqual([]);
});

test("puts at most ten messages into a call", async () => {
  const inputs = refusing(0);
  const bodies = Array.from({ length: 23 }, (_, n) => String(n));
  await sendBatch(sqsSender, queueUrl, messages(...bodies));
  expect(bodiesOf(inputs)).toEqual([bodies.slice(0, 10), bodies.slice(10, 20), bodies.slice(20)]);
});

test("puts at most 1 MiB into a call, counted in bytes", async () => {
  const inputs = refusing(0);
  const third = "ä".repeat(174_762);
  await sendBatch(sqsSender, queueUrl, messages(third, third, third, "12345", third));
  expect(inputs.map(({ Entries }) => Entries.length)).toEqual([3, 2]);
});

test("sends again only what an otherwise good answer lists as failed", async () => {
  const inputs = refusing(1, "b", "d");
  expect(await sendBatch(sqsSender, queueUrl, messages("a", "b", "c", "d"))).toEqual([]);
  expect(bodiesOf(inputs)).toEqual([
    ["a", "b", "c", "d"],
    ["b", "d"],
  ]);
});

test("answers what the queue refused three times, and sends the rest", async () => {
  const inputs = refusing(3, "b");
  expect(await sendBatch(sqsSender, queueUrl, messages("a", "b", "c"))).toEqual([{ body: "b" }]);
  expect(bodiesOf(inputs)).toEqual([["a", "b", "c"], ["b"], ["b"]]);
});

test("answers a whole batch that an unavailable queue did not take, without trying longer than its client", async () => {
  const inputs = answerCalls<Input>(sqs, ({ Entries }) => {
    if (Entries.length === 10) throw Object.assign(new Error("slow"), { name: "TimeoutError" });
    return {};
  });
  const bodies = Array.from({ length: 11 }, (_, n) => String(n));
  expect(await sendBatch(sqsSender, queueUrl, messages(...bodies))).toEqual(
    messages(...bodies.slice(0, 10)),
  );
  expect(bodiesOf(inputs)).toEqual([bodies.slice(0, 10), ["10"]]);
});

test("throws what is a bug of ours", async () => {
  answerCalls(sqs, () => {
    throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
  });
  await expect(sendBatch(sqsSender, queueUrl, messages("a"))).rejects.toThrow("no");
});

test("throws SERVER_UNAVAILABLE where one message must be taken and is not", async () => {
  refusing(3, "a");
  await expect(sendOrThrow(sqsSender, queueUrl, { body: "a" })).rejects.toMatchObject({
    code: "SERVER_UNAVAILABLE",
    status: 503,
  });
  await expect(sendOrThrow(sqsSender, queueUrl, { body: "b" })).resolves.toBeUndefined();
});
