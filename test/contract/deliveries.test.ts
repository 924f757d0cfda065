import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { Delivery } from "../../shared/contract/delivery.ts";
import { ListDeliveriesResponse } from "../../shared/contract/operations/deliveries/list-deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, startReceiver } from "../support/network/receiver.ts";
import type { Sent } from "./client.ts";
import { refusalOf } from "./gateway/refusal.ts";
import { publish } from "./publish/messages.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { putWebhook, subscribe, succeed } from "./webhooks.ts";

const { root } = await openService();
const cacheName = freshCache();
const topic = { cacheName, topicName: "t" };

/** What the receiver does with the POSTs to a path, one after the other; 200 in the end. */
const answers = new Map<string, (Answer | Promise<Answer>)[]>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path)?.shift() ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const topicOf = (name: string) => ({ cacheName, topicName: name });

async function webhookOn(topicName: string) {
  return subscribe(root, receiver, { cacheName, webhookName: `on-${topicName}` }, { topicName });
}

async function list(webhookId: string, query?: Sent["query"]) {
  const sent = query && { query };
  const answer = await succeed(root, "listDeliveries", { webhookId }, sent);
  return z.parse(z.object({ response: ListDeliveriesResponse }), answer.body).response;
}

async function get(webhookId: string, messageId: string) {
  const answer = await succeed(root, "getDelivery", { webhookId, messageId });
  return z.parse(z.object({ response: Delivery }), answer.body).response;
}

const status = (webhookId: string, messageId: string) => async () =>
  (await list(webhookId)).deliveries.find((each) => each.messageId === messageId)?.status;

test("a delivered message is listed, and shows its one attempt", async () => {
  const { webhookId } = await webhookOn("well");
  const messageId = await publish(root, topicOf("well"), { json: 1, query: { event: "101" } });
  await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  expect((await list(webhookId)).deliveries).toMatchObject([
    {
      messageId,
      topicName: "well",
      event: 101,
      attemptCount: 1,
      nextAttemptTime: null,
      lastStatusCode: 200,
      latencyMs: expect.any(Number),
      error: null,
    },
  ]);
  expect(await get(webhookId, messageId)).toMatchObject({
    status: "delivered",
    lastStatusCode: 200,
    attempts: [{ attempt: 1, statusCode: 200, error: null }],
  });
});

test("a failed attempt is told with its answer and the time of the next", async () => {
  const { webhookId, path } = await webhookOn("ill");
  const repaired = Promise.withResolvers<Answer>();
  answers.set(path, [{ status: 500, body: "out of order" }, repaired.promise]);
  const messageId = await publish(root, topicOf("ill"));
  await eventually(async () => (await status(webhookId, messageId)()) === "retrying");
  const delivery = await get(webhookId, messageId);
  expect(delivery).toMatchObject({
    status: "retrying",
    attempts: [{ attempt: 1, statusCode: 500, error: "HTTP 500", responseBody: "out of order" }],
  });
  expect(Date.parse(delivery.nextAttemptTime ?? "")).toBeGreaterThan(
    Date.parse(delivery.publishedTime),
  );
  const cause = { lastStatusCode: 500, latencyMs: expect.any(Number), error: "HTTP 500" };
  expect(delivery).toMatchObject(cause);
  expect((await list(webhookId)).deliveries).toMatchObject([cause]);
  expect((await list(webhookId, { status: "retrying" })).deliveries).toMatchObject([cause]);
  expect((await list(webhookId, { status: "delivered" })).deliveries).toEqual([]);
  repaired.resolve({ status: 200 });
  await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  const { attempts } = await get(webhookId, messageId);
  expect(attempts.map(({ statusCode }) => statusCode)).toEqual([500, 200]);
  expect((await list(webhookId, { status: "retrying" })).deliveries).toEqual([]);
  expect((await list(webhookId)).deliveries).toMatchObject([{ lastStatusCode: 200, error: null }]);
});

test("a list tells what came of the last attempt, not of the first", async () => {
  const { webhookId, path } = await webhookOn("worse");
  answers.set(path, [{ status: 500 }, { status: 502 }]);
  const messageId = await publish(root, topicOf("worse"));
  const listed = async () => (await list(webhookId)).deliveries[0];
  await eventually(async () => (await listed())?.attemptCount === 2);
  const cause = { lastStatusCode: 502, latencyMs: expect.any(Number), error: "HTTP 502" };
  expect(await listed()).toMatchObject({ messageId, status: "retrying", ...cause });
  expect(await get(webhookId, messageId)).toMatchObject(cause);
});

test("pages are newest first, hold each delivery once, and end", async () => {
  const { webhookId } = await webhookOn("pages");
  const ids: string[] = [];
  for (let n = 0; n < 25; n += 1) ids.push(await publish(root, topicOf("pages"), { json: n }));
  await eventually(async () => (await list(webhookId)).deliveries.length === 25);
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: Record<string, string> = { limit: "4", ...(cursor && { cursor }) };
    const page = await list(webhookId, query);
    seen.push(...page.deliveries.map(({ messageId }) => messageId));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids.toSorted().reverse());
});

test("pages stay whole while deliveries are added", async () => {
  const { webhookId } = await webhookOn("growing");
  const publishSome = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await publish(root, topicOf("growing")));
    return ids;
  };
  const old = await publishSome(9);
  await eventually(async () => (await list(webhookId)).deliveries.length === 9);
  const first = await list(webhookId, { limit: "4" });
  await publishSome(5);
  await eventually(async () => (await list(webhookId)).deliveries.length === 14);
  const rest = await list(webhookId, { limit: "9", cursor: String(first.nextCursor) });
  const seen = [...first.deliveries, ...rest.deliveries].map(({ messageId }) => messageId);
  expect(seen).toEqual(old.toSorted().reverse());
  expect(rest.nextCursor).toBeNull();
});

test("since is inclusive and until exclusive, by the time of the publish", async () => {
  const { webhookId } = await webhookOn("window");
  const messageId = await publish(root, topicOf("window"));
  await eventually(async () => (await list(webhookId)).deliveries.length === 1);
  const { publishedTime } = await get(webhookId, messageId);
  const later = new Date(Date.parse(publishedTime) + 1000).toISOString();
  expect((await list(webhookId, { since: publishedTime, until: later })).deliveries).toHaveLength(
    1,
  );
  expect((await list(webhookId, { since: later })).deliveries).toEqual([]);
  expect((await list(webhookId, { until: publishedTime })).deliveries).toEqual([]);
});

test("a retry sends a delivered message again under the same id", async () => {
  const { webhookId, path } = await webhookOn("again");
  const messageId = await publish(root, topicOf("again"), { json: { n: 1 } });
  await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  const answer = await root.call("retryDelivery", { webhookId, messageId });
  expect(answer).toMatchObject({ status: 202, body: { response: { messageId } } });
  const copies = () => receiver.deliveries.filter((each) => each.path === path);
  await eventually(async () => copies().length === 2);
  expect(copies().map((copy) => [copy.messageId, copy.refusal])).toEqual([
    [messageId, undefined],
    [messageId, undefined],
  ]);
  await eventually(async () => (await get(webhookId, messageId)).attempts.length === 2);
});

test("a retry needs an active webhook and a delivery", async () => {
  const { webhookId } = await webhookOn("off");
  const messageId = await publish(root, topicOf("off"));
  await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  await succeed(
    root,
    "updateWebhookStatus",
    { webhookId },
    { json: { webhookStatus: "inactive" } },
  );
  expect(refusalOf(await root.call("retryDelivery", { webhookId, messageId }))).toMatchObject({
    status: 409,
    code: "FAILED_PRECONDITION_ERROR",
  });
  const unknown = `msg_${"0".repeat(26)}`;
  expect(
    refusalOf(await root.call("retryDelivery", { webhookId, messageId: unknown })),
  ).toMatchObject({ status: 404, code: "NOT_FOUND_ERROR" });
});

test("a message is sent again to several webhooks at once, and refused by each alone", async () => {
  const topicName = "several";
  const one = await subscribe(root, receiver, { cacheName, webhookName: "one" }, { topicName });
  const two = await subscribe(root, receiver, { cacheName, webhookName: "two" }, { topicName });
  const off = await subscribe(root, receiver, { cacheName, webhookName: "off" }, { topicName });
  const elsewhere = await putWebhook(root, { cacheName: freshCache(), webhookName: "w" });
  const { webhookId: later } = await webhookOn("another");
  const messageId = await publish(root, topicOf(topicName), { json: { n: 1 } });
  for (const { webhookId } of [one, two, off]) {
    await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  }
  const inactive = { json: { webhookStatus: "inactive" } };
  await succeed(root, "updateWebhookStatus", { webhookId: off.webhookId }, inactive);

  const ids = [one, off, elsewhere, two].map(({ webhookId }) => webhookId);
  const webhookIds = [...ids, later, one.webhookId];
  const answer = await root.call(
    "retryMessage",
    { cacheName, messageId },
    { json: { webhookIds } },
  );
  expect(answer.status).toBe(202);
  expect(answer.body).toEqual({
    status: "success",
    response: {
      results: [
        { webhookId: ids[0] },
        { webhookId: ids[1], error: refused("FAILED_PRECONDITION_ERROR", "inactive") },
        { webhookId: ids[2], error: refused("NOT_FOUND_ERROR", "webhook") },
        { webhookId: ids[3] },
        { webhookId: later, error: refused("NOT_FOUND_ERROR", messageId) },
      ],
    },
  });
  const copies = ({ path }: { path: string }) =>
    receiver.deliveries.filter((each) => each.path === path).length;
  await eventually(() => copies(one) === 2 && copies(two) === 2);
  for (const { webhookId } of [one, two]) {
    await eventually(async () => (await get(webhookId, messageId)).attempts.length === 2);
  }
  expect([one, two, off].map(copies)).toEqual([2, 2, 1]);
});

function refused(code: string, part: string) {
  return { code, message: expect.stringContaining(part) };
}

test("a delivery that has not ended its first attempt is pending", async () => {
  const { webhookId, path } = await webhookOn("slow");
  const late = Promise.withResolvers<Answer>();
  answers.set(path, [late.promise]);
  const messageId = await publish(root, topicOf("slow"));
  expect(await get(webhookId, messageId)).toMatchObject({
    ...{ status: "pending", lastStatusCode: null, latencyMs: null, attempts: [] },
    error: "not attempted yet",
  });
  late.resolve({ status: 200 });
  await eventually(async () => (await get(webhookId, messageId)).status === "delivered");
});

test("the log of a deleted webhook stays readable", async () => {
  const { webhookId } = await webhookOn("gone");
  const messageId = await publish(root, topicOf("gone"));
  await eventually(async () => (await status(webhookId, messageId)()) === "delivered");
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "on-gone" });
  expect(await status(webhookId, messageId)()).toBe("delivered");
  expect((await get(webhookId, messageId)).attempts).toHaveLength(1);
});

test.each([
  ["limit", "0"],
  ["cursor", "x"],
  ["status", "lost"],
  ["since", "yesterday"],
])("a list refuses the %s %s", async (name, value) => {
  const { webhookId } = await putWebhook(root, { ...topic, webhookName: "refusals" });
  const refusal = refusalOf(
    await root.call("listDeliveries", { webhookId }, { query: { [name]: value } }),
  );
  expect(refusal).toMatchObject({ status: 400, paths: [name] });
});
