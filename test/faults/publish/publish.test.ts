import { afterAll, expect, test } from "vitest";
import { publish, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { AwsCall } from "../run/aws-proxy.ts";
import {
  afterwards,
  cutAfter,
  cutBefore,
  entriesOf,
  type Fault,
  failingWithin,
  insteadOf,
  passing,
  refusing,
  silent,
  throttledByControl,
  throttledByDynamoDb,
  throttledBySqs,
  unavailable,
  unprocessed,
} from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { holdBefore } from "../run/gate.ts";
import { postsTo } from "../run/posts.ts";
import { publishWithKey } from "../run/publish-with-key.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const send = { by: "publish", action: "SendMessageBatch" };

test("[row: publish dies before the send] a replay sends it under the messageId of the first try", async () => {
  const { path } = await subscribeTo("dies", "t");
  using death = run.inject(
    { ...send, times: 1 },
    insteadOf(() => run.kill("publish")),
  );
  const died = await publishWithKey(run.call, "dies", "t", "key");
  expect(died.status).toBe(500);
  const [messageId] = messageIdsIn(death.struck);

  const replay = await publishWithKey(run.call, "dies", "t", "key");
  expect(replay).toMatchObject({ status: 202, body: { response: { messageId } } });
  await eventually(() => receiver.find(path, String(messageId)));

  const again = await publishWithKey(run.call, "dies", "t", "key");
  expect(again).toMatchObject({ status: 202, body: { response: { messageId } } });
  await eventually(run.operator.isQuiet);
  expect(postsTo(receiver, path)).toEqual([messageId]);
});

test("[row: publish dies before the send] one that dies behind the send may send twice, as the same message", async () => {
  const { path } = await subscribeTo("dies-behind", "t");
  using _ = run.inject(
    { ...send, times: 1 },
    afterwards(() => run.kill("publish")),
  );
  expect((await publishWithKey(run.call, "dies-behind", "t", "key")).status).toBe(500);
  const replay = await publishWithKey(run.call, "dies-behind", "t", "key");
  expect(replay.status).toBe(202);
  await eventually(() => postsTo(receiver, path).length === 2);
  expect(new Set(postsTo(receiver, path)).size).toBe(1);
});

test("[row: publish dies before the send] a twin waits for one that is still sending", async () => {
  const { path } = await subscribeTo("twins", "t");
  const sending = holdBefore();
  using sends = run.inject({ ...send, about: "twins" }, sending.fault);
  const first = publishWithKey(run.call, "twins", "t", "key");
  await sending.reached;
  // The twin looks whether the first is done, and has its answer once it is.
  const looking = holdBefore();
  using _ = run.inject({ by: "publish", action: "GetItem", about: "twins" }, looking.fault);
  const twin = publishWithKey(run.call, "twins", "t", "key");
  await looking.reached;
  sending.open();
  const one = await first;
  looking.open();
  const two = await twin;

  expect([one.status, two.status]).toEqual([202, 202]);
  expect(one.body).toEqual(two.body);
  await eventually(run.operator.isQuiet);
  expect(sends.answered).toHaveLength(1);
  expect(postsTo(receiver, path)).toHaveLength(1);
});

test("[row: partly failed batch] sends only the refused entries again", async () => {
  const webhooks = await subscribeMany("partly", ["a", "b", "c"]);
  using once = run.inject(
    { ...send, times: 1 },
    refusing(({ MessageBody }) => MessageBody.includes('"webhookName":"b"')),
  );
  using rest = run.inject(send, passing);

  const messageId = await publish(run.call, "partly", "t", {});
  for (const { path } of webhooks) await eventually(() => receiver.find(path, messageId));
  await eventually(run.operator.isQuiet);
  for (const { path } of webhooks) expect(postsTo(receiver, path)).toEqual([messageId]);
  expect(once.struck.flatMap(({ input }) => entriesOf(input))).toHaveLength(3);
  expect(rest.struck.flatMap(({ input }) => entriesOf(input))).toHaveLength(1);
});

test("[row: partly failed batch] gives up on an entry that is always refused", async () => {
  await subscribeMany("stubborn", ["a", "b"]);
  using refusal = run.inject(
    send,
    refusing(({ MessageBody }) => MessageBody.includes('"webhookName":"b"')),
  );
  const answer = await publishWithKey(run.call, "stubborn", "t", "key");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(refusal.struck.length).toBeLessThan(10);
});

const outages: [string, string, Fault][] = [
  ["SQS throttles", "SendMessageBatch", throttledBySqs],
  ["SQS fails", "SendMessageBatch", failingWithin],
  ["SQS is not there", "SendMessageBatch", unavailable],
  ["SQS hangs up at once", "SendMessageBatch", cutBefore],
  ["SQS hangs up behind the call", "SendMessageBatch", cutAfter],
  ["SQS is silent", "SendMessageBatch", silent],
  ["the messages table throttles", "BatchWriteItem", throttledByDynamoDb],
  ["the messages table leaves rows unwritten", "BatchWriteItem", unprocessed],
  ["the subscribers cannot be read", "Query", throttledByControl],
  ["DynamoDB fails", "BatchWriteItem", failingWithin],
  ["DynamoDB hangs up", "Query", cutBefore],
  ["DynamoDB is silent", "Query", silent],
  ["the key cannot be claimed", "PutItem", throttledByDynamoDb],
  ["the key cannot be marked", "UpdateItem", throttledByDynamoDb],
];

test.concurrent.each(outages)(
  "[row: engine down at publish] while %s, answers 503 and a replay succeeds",
  async (outage, action, fault) => {
    const cacheName = outage.replaceAll(" ", "-");
    const { path } = await subscribeTo(cacheName, "t");
    {
      using injection = run.inject({ by: "publish", action, about: cacheName }, fault);
      const answer = await publishWithKey(run.call, cacheName, "t", "key");
      expect(injection.struck).not.toEqual([]);
      expect(answer).toMatchObject({
        status: 503,
        body: { status: "error", error: { code: "SERVER_UNAVAILABLE" } },
      });
      expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    }
    const replay = await publishWithKey(run.call, cacheName, "t", "key");
    expect(replay.status).toBe(202);
    await eventually(() => postsTo(receiver, path).length > 0);
    expect(new Set(postsTo(receiver, path)).size).toBe(1);
  },
);

function subscribeTo(cacheName: string, topicName: string) {
  return subscribe(run.call, receiver, { cacheName, webhookName: "w", topicName });
}

function subscribeMany(cacheName: string, webhookNames: string[]) {
  return Promise.all(
    webhookNames.map((webhookName) =>
      subscribe(run.call, receiver, { cacheName, webhookName, topicName: "t" }),
    ),
  );
}

function messageIdsIn(calls: AwsCall[]): string[] {
  const bodies = calls.flatMap(({ input }) => entriesOf(input)).map((entry) => entry.MessageBody);
  return bodies.map((body) => JSON.parse(body).message.messageId);
}
