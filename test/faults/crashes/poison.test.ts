import { afterAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { sqsEvent, sqsRecord } from "../../unit/runtime/sqs-event.ts";
import { firstAttempt } from "../run/delivery-job.ts";
import { throttledBySqs } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import type { QueueName } from "../run/operator.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const bodies = ["no JSON", "{}", "null", '{"v":99,"webhookId":"whk_x"}', "[".repeat(10_000)];

test.each<[QueueName, QueueName]>([
  ["QueuesDeliveryQueue", "QueuesDeliveryDeadLetters"],
  ["QueuesSlowQueue", "QueuesDeliveryDeadLetters"],
  ["QueuesRetryQueue", "QueuesDeliveryDeadLetters"],
  ["QueuesFanOutQueue", "QueuesFanOutDeadLetters"],
  ["QueuesRecoverQueue", "QueuesRecoverDeadLetters"],
])("[row: poison body] in %s, goes to %s at once and harms nobody else", async (queue, dlq) => {
  const cacheName = queue;
  const { path } = await subscribeTo(cacheName);
  const poison = bodies.map((body, index) => `${body} ${queue} ${index}`);
  await Promise.all(poison.map((body) => run.operator.send(queue, body)));
  const messageId = await publish(run.call, cacheName, "t", {});

  await eventually(() => receiver.find(path, messageId));
  const found = new Set<string>();
  await eventually(async () => {
    for (const body of await run.operator.peek(dlq)) found.add(body);
    return poison.every((body) => found.has(body));
  });
  await eventually(run.operator.isQuiet);
  const workers = ["deliver", "fanOut", "recover"];
  expect(await Promise.all(workers.map(run.failuresOf))).toEqual([0, 0, 0]);
});

test("[row: poison body] in one batch with good ones, is the only one that is not delivered", async () => {
  const webhook = await subscribeTo("mixed");
  const job = firstAttempt({ ...webhook, cacheName: "mixed", webhookName: "w" });
  const event = sqsEvent(sqsRecord("bad", "mixed poison"), sqsRecord("good", job));
  expect(await run.invoke("deliver", event)).toEqual({ batchItemFailures: [] });
  expect(postsTo(receiver, webhook.path)).toEqual([job.message.messageId]);
});

test("[row: poison body] that the dead-letter queue refuses comes back", async () => {
  using _ = run.inject(
    { by: "deliver", action: "SendMessageBatch", about: "refused" },
    throttledBySqs,
  );
  const event = sqsEvent(sqsRecord("bad", "refused"));
  expect(await run.invoke("deliver", event)).toEqual({
    batchItemFailures: [{ itemIdentifier: "bad" }],
  });
});

function subscribeTo(cacheName: string) {
  return subscribeProven(run.call, receiver, { cacheName, webhookName: "w", topicName: "t" });
}
