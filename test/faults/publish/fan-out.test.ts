import { afterAll, beforeAll, expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { afterwards, entriesOf, insteadOf, passing, throttledBySqs } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { postsTo } from "../run/posts.ts";
import { subscribeProven } from "../run/subscribe-proven.ts";

const run = await startFaultyRun({ visibilitySeconds: 15 });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

/** A fan-out job's page holds 500; ten are sent to by publish itself. */
const subscriberCount = 540;
const paths: string[] = [];
const sends = { by: "fanOut", action: "SendMessageBatch" };

beforeAll(async () => {
  await inParallel(subscriberCount, 8, async (number) => {
    const webhookName = String(number).padStart(4, "0");
    const subscription = { cacheName: "many", webhookName, topicName: "t" };
    paths.push((await subscribeProven(run.call, receiver, subscription)).path);
  });
  paths.sort();
});

test("[row: fan-out dies] in the middle of its second page, repeats that page and no other", async () => {
  // 50 sends make the first page, and one hands over to the second.
  using death = run.inject(
    { ...sends, after: 52, times: 1 },
    insteadOf(() => run.kill("fanOut")),
  );
  using rest = run.inject(sends, passing);
  const messageId = await publish(run.call, "many", "t", {});
  await arrival(messageId);

  expect(death.struck).toHaveLength(1);
  const sent = rest.struck.flatMap(({ input }) => entriesOf(input));
  const toTheFirstPage = sent.filter(({ MessageBody }) =>
    MessageBody.includes('"webhookName":"00'),
  );
  expect(toTheFirstPage).toHaveLength(90);
  expect(new Set(paths.flatMap((path) => postsTo(receiver, path)))).toEqual(new Set([messageId]));
});

test("[row: fan-out dies] before it hands over to the next page, repeats its page", async () => {
  using death = run.inject(
    { ...sends, about: "FanOutQueue", times: 1 },
    insteadOf(() => run.kill("fanOut")),
  );
  await arrival(await publish(run.call, "many", "t", {}));
  expect(death.struck).toHaveLength(1);
});

test("[row: fan-out dies] behind its hand-over, leaves the next page to be sent", async () => {
  using death = run.inject(
    { ...sends, about: "FanOutQueue", times: 1 },
    afterwards(() => run.kill("fanOut")),
  );
  await arrival(await publish(run.call, "many", "t", {}));
  expect(death.struck).toHaveLength(1);
});

test.concurrent.each([
  ["a page", '\\"webhookName\\":\\"0100\\"'],
  ["a hand-over", "FanOutQueue"],
])("[row: fan-out dies] %s that the queue refuses comes back", async (_, about) => {
  const failuresBefore = await run.failuresOf("fanOut");
  // Three calls are one send of the SDK's.
  using refusal = run.inject({ ...sends, about, times: 3 }, throttledBySqs);
  await arrival(await publish(run.call, "many", "t", {}));
  expect(refusal.struck).toHaveLength(3);
  expect(await run.failuresOf("fanOut")).toBe(failuresBefore);
});

/** Waits until the message has reached every subscriber and nothing is left to do. */
async function arrival(messageId: string): Promise<void> {
  const missing = () => paths.filter((path) => !receiver.find(path, messageId));
  await eventually(() => missing().length === 0);
  await eventually(run.operator.isQuiet);
}
