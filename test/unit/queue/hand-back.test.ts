import { expect, test } from "vitest";
import { openHandBack, secondsUntilBack } from "../../../shared/queue/queues.ts";
import type { HiddenMessage, Sender } from "../../../shared/queue/send-batch.ts";
import { catchOutput } from "../output.ts";

const output = catchOutput();
const queueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/Retry-ABC";

function handBack(fault?: Error) {
  const asked: [string, readonly HiddenMessage[]][] = [];
  const sender: Sender = {
    send: async () => [],
    readyCount: async () => 0,
    async showAgain(url, hidden) {
      if (fault) throw fault;
      asked.push([url, hidden]);
    },
  };
  const urls = ["https://sqs.eu-west-1.amazonaws.com/123456789012/Other", queueUrl];
  return { asked, ...openHandBack(urls, sender) };
}

const record = {
  queueArn: "arn:aws:sqs:eu-west-1:123456789012:Retry-ABC",
  receiptHandle: "handle",
  receiveCount: 1,
};

test("shows records again in the queue that they came from, each after its own time", async () => {
  const { asked, soon } = handBack();
  await soon([record, { ...record, receiptHandle: "other", receiveCount: 4 }]);
  expect(asked).toEqual([
    [
      queueUrl,
      [
        { receiptHandle: "handle", afterSeconds: 5 },
        { receiptHandle: "other", afterSeconds: 40 },
      ],
    ],
  ]);
});

test("lets a record be handed out a hundred times within nine hours or more", () => {
  const waits = Array.from({ length: 100 }, (_, n) => secondsUntilBack(n + 1));
  expect(waits.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 320, 360]);
  expect(Math.max(...waits)).toBe(360);
  expect(waits.reduce((sum, wait) => sum + wait) / 3600).toBeGreaterThan(9);
});

test("leaves records to the queue's own visibility timeout where the queue refuses", async () => {
  await handBack(new Error("throttled")).soon([record]);
  expect(output.text).toContain("throttled");
});

test("asks for nothing where it does not know the queue", async () => {
  const { asked, soon } = handBack();
  await soon([{ ...record, queueArn: "arn:aws:sqs:eu-west-1:123456789012:Foreign" }]);
  expect(asked).toEqual([]);
});
