import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { publish, putWebhook, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { type Answer, startReceiver } from "../../support/network/receiver.ts";
import { recovered, startRecovery } from "../../support/recoveries.ts";
import { seedFailures, seedMessages } from "../../support/seeded-log.ts";
import { passing } from "../run/faults.ts";
import { startFaultyRun } from "../run/faulty-run.ts";
import { perMinute, putWithKey, startRelay, subscribeService, topicPath } from "../run/loops.ts";

// As much as one relay needs, and little, since each forwarded message goes to 50 webhooks.
const budget = 5;
const run = await startFaultyRun(
  { retryScheduleSeconds: [1] },
  { HOPPED_PUBLISHES_PER_CACHE_PER_MINUTE: String(budget) },
);
const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const Listed = z.object({
  response: z.object({ deliveries: z.array(z.object({ status: z.string() })) }),
});

async function statusesOf(webhookId: string): Promise<string[]> {
  const path = `/api/v1/Webhooks/${webhookId}/deliveries`;
  const { body } = await run.call({ method: "GET", path });
  return z.parse(Listed, body).response.deliveries.map(({ status }) => status);
}

const refusal = {
  status: "error",
  error: {
    code: "INVALID_ARGUMENT_ERROR",
    details: [{ path: "destination.postUrl", message: "is an address of this service" }],
  },
};
const { port } = new URL(run.url);

test.each([
  `http://127.0.0.1:${port}`,
  `http://localhost:${port}`,
  `http://LOCALHOST.:${port}`,
  `http://2130706433:${port}`,
  `http://[::1]:${port}`,
])("[row: posts to the service itself] a webhook at %s is refused at put", async (origin) => {
  const { status, body } = await putWithKey(run, "own", origin + topicPath("own"));
  expect(body).toMatchObject(refusal);
  expect(status).toBe(400);
});

test("[row: posts to the service itself] one that was put before ends after four hops", async () => {
  const { webhookId } = await subscribeService(run, "before");
  await publish(run.call, "before", "t", {});
  await eventually(async () => (await statusesOf(webhookId)).includes("failed"));
  await eventually(run.operator.isQuiet);
  expect(await statusesOf(webhookId)).toEqual(["failed", ...Array(4).fill("delivered")]);
});

test.each([
  ["publish", topicPath("relayed-publish"), undefined],
  [
    "publishBatch",
    `${topicPath("relayed-publishBatch")}/batch`,
    () => JSON.stringify({ messages: [{ value: 1 }, { nonsense: 1 }] }),
  ],
])(
  "[row: posts to the service itself] a relay to %s ends after four hops",
  async (operation, path, bodyOf) => {
    const cacheName = `relayed-${operation}`;
    const relay = stack.use(await startRelay(run, path, bodyOf));
    await putWebhook(run.call, { cacheName, webhookName: "w", topicName: "t", postUrl: relay.url });
    await publish(run.call, cacheName, "t", {});
    await eventually(() => relay.answers.some(({ status }) => status === 409));
    await eventually(run.operator.isQuiet);
    expect(relay.answers.map(({ hops }) => hops)).toEqual(["1", "2", "3", "4", "5"]);
    expect(relay.answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 409]);
    expect(relay.answers.at(-1)?.body).toMatchObject({
      error: {
        code: "FAILED_PRECONDITION_ERROR",
        message: "this message has been forwarded too often",
      },
    });
  },
);

const Published = z.object({ response: z.object({ messageId: z.string() }) });

test("[row: posts to the service itself] a relay with 50 webhooks stays in its cache's budget", async () => {
  const cacheName = "crowd";
  const relay = stack.use(await startRelay(run, topicPath(cacheName)));
  await inParallel(50, 8, async (n) => {
    const names = { cacheName, webhookName: `w${n}`, topicName: "t" };
    await putWebhook(run.call, { ...names, postUrl: `${relay.url}/w${n}` });
  });
  const first = await publish(run.call, cacheName, "t", {});
  await eventually(() => relay.answers.some(({ status }) => status === 429));
  await eventually(run.operator.isQuiet);

  const accepted = relay.answers.flatMap(({ body }) => Published.safeParse(body).data ?? []);
  // On a busy machine, who answers late is posted to again, and not every answer to a relay arrives.
  const webhooksOf = Map.groupBy(relay.deliveries, ({ messageId }) => messageId);
  for (const { response } of accepted) expect([...webhooksOf.keys()]).toContain(response.messageId);
  for (const posts of webhooksOf.values()) {
    expect(new Set(posts.map(({ path }) => path)).size).toBe(50);
  }
  webhooksOf.delete(first);
  for (const count of perMinute([...webhooksOf.keys()])) expect(count).toBeLessThanOrEqual(budget);
  expect(Math.max(...relay.answers.map(({ hops }) => Number(hops)))).toBeLessThanOrEqual(5);
  // The budget is that of one cache, and of what was forwarded.
  await publish(run.call, cacheName, "other", {});
  const headers = { "webhook-hops": "1" };
  const elsewhere = { method: "POST", path: topicPath("elsewhere"), headers, body: {} };
  expect(await run.call(elsewhere)).toMatchObject({ status: 202 });
});

test("[row: posts to the service itself] a publish without a hop makes not one call for it", async () => {
  const actions = [
    "Query",
    "BatchWriteItem",
    "SendMessageBatch",
    "GetItem",
    "PutItem",
    "UpdateItem",
  ];
  const callsOf = async (headers: Record<string, string>) => {
    using stack = new DisposableStack();
    const counted = actions.map((action) => ({
      action,
      calls: stack.use(run.inject({ by: "publish", action }, passing)).struck,
    }));
    const path = topicPath("counted");
    const answer = await run.call({ method: "POST", path, headers, body: {} });
    expect(answer.status).toBe(202);
    return counted.flatMap(({ action, calls }) => calls.map(() => action));
  };
  const postUrl = "https://a.example/";
  await putWebhook(run.call, { cacheName: "counted", webhookName: "w", topicName: "t", postUrl });
  await callsOf({}); // what is read now and then is read
  const least = ["Query", "BatchWriteItem", "SendMessageBatch"];
  expect(await callsOf({})).toEqual(least);
  expect(await callsOf({ "webhook-hops": "0" })).toEqual(least);
  expect(await callsOf({ "webhook-hops": "1" })).toEqual([...least, "UpdateItem"]);
});

test("[row: posts to the service itself] the count survives a retry, a retry by hand and a recovery", async () => {
  const answers: Answer[] = [{ status: 500 }, { status: 500 }];
  const receiver = stack.use(
    await startReceiver({ handler: () => answers.pop() ?? { status: 200 } }),
  );
  const names = { cacheName: "again", webhookName: "w", topicName: "t" };
  const { webhookId, path } = await subscribe(run.call, receiver, names);
  const hopsOf = (messageId: string) =>
    receiver.deliveries
      .filter((delivery) => delivery.messageId === messageId)
      .map(({ headers }) => headers["webhook-hops"]);

  const headers = { "webhook-hops": "2" };
  const { body } = await run.call({ method: "POST", path: topicPath("again"), headers, body: {} });
  const { messageId } = z.parse(Published, body).response;
  await eventually(async () => (await statusesOf(webhookId))[0] === "failed");
  const retry = `/api/v1/Webhooks/${webhookId}/deliveries/${messageId}/retry`;
  expect(await run.call({ method: "POST", path: retry })).toMatchObject({ status: 202 });
  await eventually(() => hopsOf(messageId).length === 3);
  expect(hopsOf(messageId)).toEqual(["3", "3", "3"]);

  const seeding = { cacheName: "again", count: 1, publishedTimeMs: Date.now() - 3_600_000 };
  const failed = await seedFailures({ ...seeding, webhookId, hops: 2 });
  await recovered(run.call, webhookId, await startRecovery(run.call, webhookId));
  const missing = await seedMessages({ ...seeding, hops: 2 });
  const jobId = await startRecovery(run.call, webhookId, { mode: "missing" });
  await recovered(run.call, webhookId, jobId);
  for (const id of [...failed, ...missing]) {
    await eventually(() => receiver.find(path, id));
    expect(hopsOf(id)).toEqual(["3"]);
  }
});

test("[row: posts to the service itself] a webhook that sends its own delivery again ends", async () => {
  const receiver = stack.use(await startReceiver());
  const names = { cacheName: "retried", webhookName: "w", topicName: "t" };
  const { webhookId, path } = await subscribe(run.call, receiver, names);
  const messageId = await publish(run.call, "retried", "t", {});
  await eventually(() => receiver.find(path, messageId));
  await eventually(async () => (await statusesOf(webhookId))[0] === "delivered");

  const retry = `/api/v1/Webhooks/${webhookId}/deliveries/${messageId}/retry`;
  await subscribeService(run, "retried", retry);
  expect(await run.call({ method: "POST", path: retry })).toMatchObject({ status: 202 });
  // By hand, four times by itself, and the fifth is refused.
  await eventually(async () => (await statusesOf(webhookId))[0] === "failed");
  await eventually(run.operator.isQuiet);
  expect(await run.operator.headOf(webhookId, messageId)).toMatchObject({ generation: 6 });
});

test("[row: posts to the service itself] a webhook that tests itself ends", async () => {
  // The example that it gets asks for itself.
  const body = { event: "again" };
  const type = { method: "PUT", path: "/api/v1/event-types/t/again", body: { examples: [body] } };
  expect(await run.call(type)).toMatchObject({ status: 201 });
  const itself = "/api/v1/Webhooks/{webhookId}/test";
  const { webhookId } = await subscribeService(run, "tested", itself, "raw");
  const tests = (status: number) =>
    run.lines.filter(
      (line) => line.includes('"operation":"testWebhook"') && line.includes(`"status":${status}`),
    );
  await run.call({ method: "POST", path: `/api/v1/Webhooks/${webhookId}/test`, body });
  // The last one ends first. Whoever waits for it may have given up before.
  await eventually(() => tests(409).length === 1 && tests(200).length === 5);
});
