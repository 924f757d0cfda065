import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { Recovery } from "../../shared/contract/recovery.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { badFields, refusalOf } from "./gateway/refusal.ts";
import { publish } from "./publish/messages.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { putWebhook, subscribe, succeed } from "./webhooks.ts";

const { root } = await openService();
const cacheName = freshCache();

/** Paths at which every delivery fails for good at once. */
const refusing = new Set<string>();
const receiver = await startReceiver({
  handler: ({ path }) =>
    refusing.has(path)
      ? { status: 500, headers: { "webhook-delivery": "abort-message" } }
      : { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
const Started = z.object({ response: z.object({ jobId: z.string() }) });

async function webhookOn(topicName: string) {
  return subscribe(root, receiver, { cacheName, webhookName: `on-${topicName}` }, { topicName });
}

async function recover(webhookId: string, body: object = {}): Promise<string> {
  const json = { since: anHourAgo, mode: "failed", ...body };
  const answer = await succeed(root, "recoverDeliveries", { webhookId }, { json });
  expect(answer.status).toBe(202);
  return z.parse(Started, answer.body).response.jobId;
}

async function stateOf(webhookId: string, jobId: string) {
  const { body } = await succeed(root, "getRecovery", { webhookId, jobId });
  return z.parse(z.object({ response: Recovery }), body).response;
}

async function ended(webhookId: string, jobId: string) {
  await eventually(async () => (await stateOf(webhookId, jobId)).state !== "running");
  return stateOf(webhookId, jobId);
}

async function statusesOf(webhookId: string): Promise<Record<string, string>> {
  const Listed = z.object({
    response: z.object({
      deliveries: z.array(z.object({ messageId: z.string(), status: z.string() })),
    }),
  });
  const { body } = await succeed(root, "listDeliveries", { webhookId });
  const { deliveries } = z.parse(Listed, body).response;
  return Object.fromEntries(deliveries.map(({ messageId, status }) => [messageId, status]));
}

/** A webhook with deliveries that have failed, to a receiver that works again. */
async function webhookWithFailures(topicName: string, count: number) {
  const webhook = await webhookOn(topicName);
  refusing.add(webhook.path);
  const messageIds: string[] = [];
  for (let n = 0; n < count; n += 1) {
    messageIds.push(await publish(root, { cacheName, topicName }, { json: { n } }));
  }
  await eventually(async () => {
    const statuses = await statusesOf(webhook.webhookId);
    return messageIds.every((messageId) => statuses[messageId] === "failed");
  });
  refusing.delete(webhook.path);
  const posts = () => receiver.deliveries.filter(({ path }) => path === webhook.path);
  return { ...webhook, messageIds, posts };
}

test("a recovery sends what has failed again, each once and under the same id", async () => {
  const { webhookId, messageIds, posts } = await webhookWithFailures("failed", 12);
  const jobId = await recover(webhookId);
  expect(await ended(webhookId, jobId)).toEqual({
    state: "completed",
    matched: 12,
    enqueued: 12,
    startedTime: expect.any(String),
    endedTime: expect.any(String),
  });
  await eventually(async () =>
    Object.values(await statusesOf(webhookId)).every((status) => status === "delivered"),
  );
  const again = posts().slice(12);
  expect(again.map(({ messageId }) => messageId).sort()).toEqual(messageIds.toSorted());
  expect(again.filter(({ refusal }) => refusal !== undefined)).toEqual([]);

  const second = await ended(webhookId, await recover(webhookId));
  expect(second).toMatchObject({ state: "completed", matched: 0, enqueued: 0 });
});

test("a dry run counts and sends nothing", async () => {
  const { webhookId, posts } = await webhookWithFailures("dry", 3);
  const jobId = await recover(webhookId, { dryRun: true });
  expect(await ended(webhookId, jobId)).toMatchObject({
    state: "completed",
    matched: 3,
    enqueued: 0,
    dryRun: true,
  });
  // What the next one sends would come behind what this one had sent.
  await ended(webhookId, await recover(webhookId));
  await eventually(() => posts().length >= 6);
  expect(posts()).toHaveLength(6);
});

test("only what was published in the window is sent: since is inclusive, until exclusive", async () => {
  const { webhookId, messageIds } = await webhookWithFailures("window", 1);
  const [messageId = ""] = messageIds;
  const { body } = await succeed(root, "getDelivery", { webhookId, messageId });
  const Published = z.object({ response: z.object({ publishedTime: z.string() }) });
  const since = z.parse(Published, body).response.publishedTime;
  const earlier = await recover(webhookId, { until: since, dryRun: true });
  expect(await ended(webhookId, earlier)).toMatchObject({ matched: 0 });
  // A whole second lies behind it once a clock says so.
  await eventually(() => Date.now() > Date.parse(since) + 1_000);
  const until = new Date(Date.parse(since) + 1_000).toISOString();
  const within = await recover(webhookId, { since, until, dryRun: true });
  expect(await ended(webhookId, within)).toMatchObject({ matched: 1 });
  const later = await recover(webhookId, { since: until, dryRun: true });
  expect(await ended(webhookId, later)).toMatchObject({ matched: 0 });
});

test("what was published a moment ago is not missing", async () => {
  const { webhookId } = await webhookOn("missing");
  const jobId = await recover(webhookId, { mode: "missing" });
  expect(await ended(webhookId, jobId)).toMatchObject({ state: "completed", matched: 0 });
});

test("an inactive webhook is refused", async () => {
  const { webhookId } = await webhookOn("inactive");
  const json = { webhookStatus: "inactive" };
  await succeed(root, "updateWebhookStatus", { webhookId }, { json });
  const answer = await root.call(
    "recoverDeliveries",
    { webhookId },
    { json: { since: anHourAgo, mode: "failed" } },
  );
  expect(refusalOf(answer)).toMatchObject({ status: 409, code: "FAILED_PRECONDITION_ERROR" });
});

test.each([
  ["since", { since: "yesterday" }],
  ["since", { since: "2999-01-01T00:00:00Z" }],
  ["since", { until: "2024-01-24T23:20:28Z" }],
  ["until", { until: new Date(Date.now() + 3_600_000).toISOString() }],
  ["until", { until: new Date(Date.now() - 60_000).toISOString(), mode: "missing" }],
  ["since", { since: new Date(Date.now() - 60_000).toISOString(), mode: "missing" }],
  ["mode", { mode: "all" }],
  ["dryRun", { dryRun: "yes" }],
])("a recovery refuses a bad %s: %j", async (path, body) => {
  const { webhookId } = await putWebhook(root, { cacheName, webhookName: "refusals" });
  const json = { since: anHourAgo, mode: "failed", ...body };
  const answer = await root.call("recoverDeliveries", { webhookId }, { json });
  expect(refusalOf(answer)).toEqual(badFields(path));
});

test("a malformed job id is a bad one, an unknown or another webhook's is not found", async () => {
  const { webhookId } = await webhookOn("ids");
  const other = await webhookOn("other-ids");
  const jobId = await recover(webhookId, { dryRun: true });
  const malformed = await root.call("getRecovery", { webhookId, jobId: "job_x" });
  expect(refusalOf(malformed)).toEqual(badFields("jobId"));
  for (const params of [
    { webhookId, jobId: `job_${"0".repeat(26)}` },
    { webhookId: other.webhookId, jobId },
  ]) {
    expect(refusalOf(await root.call("getRecovery", params))).toMatchObject({
      status: 404,
      code: "NOT_FOUND_ERROR",
    });
  }
});

test("a recovery of a deleted webhook can still be read", async () => {
  const { webhookId } = await webhookOn("deleted");
  const jobId = await recover(webhookId);
  await ended(webhookId, jobId);
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "on-deleted" });
  expect(await stateOf(webhookId, jobId)).toMatchObject({ state: "completed" });
});
