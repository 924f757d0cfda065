import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import type { Sent } from "../client.ts";
import { type Operation, operationNames } from "../document/operations.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { plainBody, putWebhook, succeed } from "../webhooks.ts";
import { refusalOf } from "./refusal.ts";

const { root, document } = await openService();

const cacheName = freshCache();
const id = { cacheName, webhookName: "w" };
const { webhookId } = await putWebhook(root, id);
const topic = { cacheName, topicName: "t" };
const used = { "content-type": "application/json", "idempotency-key": "used" };
await publish(root, topic, { body: "1", headers: used });

/** A webhook that is inactive, and a message of its topic. */
const { webhookId: paused } = await putWebhook(root, { cacheName, webhookName: "paused" });
const messageId = await publish(root, { cacheName, topicName: plainBody.topicName });
await eventually(async () => (await logOf(paused)).includes(messageId));
await succeed(
  root,
  "updateWebhookStatus",
  { webhookId: paused },
  { json: { webhookStatus: "inactive" } },
);

async function logOf(webhookId: string): Promise<string> {
  return (await succeed(root, "listDeliveries", { webhookId })).text;
}

const halted = { cacheName: freshCache(), topicName: "t", webhookName: "w" };
const { webhookId: haltedId } = await putWebhook(root, halted, plainBody);
await succeed(root, "suspendCache", { cacheName: halted.cacheName });
const batch = { json: { messages: [{ value: 1 }] } };
// Functions look at most half a minute later.
await eventually(async () => (await root.call("publish", halted, { json: 1 })).status === 409);
await eventually(async () => (await root.call("publishBatch", halted, batch)).status === 409);
const haltedTest = () => root.call("testWebhook", { webhookId: haltedId });
await eventually(async () => (await haltedTest()).status === 409);

const nowhere = { ...id, webhookName: "nowhere" };
const nobody = { webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN" };
const nothing = { cacheName, messageId: "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN" };
const stale = { headers: { "if-match": '"stale"' } };
const recovery = { json: { since: "2024-01-24T23:20:28Z", mode: "failed" } };
const details = {
  productId: null,
  events: [],
  config: { url: "https://client_domain.com/", customHeaders: {} },
};

const [bad, missing, reused] = [
  "INVALID_ARGUMENT_ERROR",
  "NOT_FOUND_ERROR",
  "ALREADY_EXISTS_ERROR",
];
const [overtaken, large] = ["FAILED_PRECONDITION_ERROR", "PAYLOAD_TOO_LARGE_ERROR"];

/** One request for each status with which a function may refuse it. */
const compressed = { json: {}, headers: { "content-encoding": "gzip" } };

const table: [Operation, number, string, Record<string, string>, Sent][] = [
  ["putWebhook", 400, bad, id, { json: {} }],
  ["putWebhook", 412, overtaken, id, { json: plainBody, ...stale }],
  ["putWebhook", 415, bad, id, compressed],
  ["listWebhooks", 400, bad, { cacheName }, { query: { limit: "0" } }],
  ["deleteWebhook", 400, bad, { ...id, webhookName: " " }, {}],
  ["deleteWebhook", 404, missing, nowhere, {}],
  ["deleteWebhook", 412, overtaken, id, stale],
  ["getWebhookSecret", 400, bad, { ...id, webhookName: " " }, {}],
  ["getWebhookSecret", 404, missing, nowhere, {}],
  ["rotateWebhookSecret", 400, bad, id, { json: { graceHours: 169 } }],
  ["rotateWebhookSecret", 404, missing, nowhere, {}],
  ["rotateWebhookSecret", 415, bad, id, compressed],
  ["getWebhookDetails", 400, bad, { webhookId: "x" }, {}],
  ["getWebhookDetails", 404, missing, nobody, {}],
  ["updateWebhookDetails", 400, bad, { webhookId }, { json: {} }],
  ["updateWebhookDetails", 404, missing, nobody, { json: details }],
  ["updateWebhookDetails", 412, overtaken, { webhookId }, { json: details, ...stale }],
  ["updateWebhookDetails", 415, bad, { webhookId }, compressed],
  ["updateWebhookStatus", 400, bad, { webhookId }, { json: {} }],
  ["updateWebhookStatus", 404, missing, nobody, { json: { webhookStatus: "active" } }],
  [
    "updateWebhookStatus",
    412,
    overtaken,
    { webhookId },
    { json: { webhookStatus: "active" }, ...stale },
  ],
  ["updateWebhookStatus", 415, bad, { webhookId }, compressed],
  ["testWebhook", 400, bad, { webhookId: "x" }, {}],
  ["testWebhook", 404, missing, nobody, {}],
  ["testWebhook", 409, overtaken, { webhookId: haltedId }, {}],
  ["listDeliveries", 400, bad, { webhookId }, { query: { status: "lost" } }],
  ["listDeliveries", 404, missing, nobody, {}],
  ["getDelivery", 400, bad, { webhookId, messageId: "x" }, {}],
  ["getDelivery", 404, missing, { webhookId, ...nothing }, {}],
  ["retryDelivery", 400, bad, { webhookId, messageId: "x" }, {}],
  ["retryDelivery", 404, missing, { webhookId, ...nothing }, {}],
  ["retryDelivery", 409, overtaken, { webhookId: paused, messageId }, {}],
  ["recoverDeliveries", 400, bad, { webhookId }, { json: { mode: "failed" } }],
  ["recoverDeliveries", 404, missing, nobody, recovery],
  ["recoverDeliveries", 409, overtaken, { webhookId: paused }, recovery],
  ["recoverDeliveries", 415, bad, { webhookId }, compressed],
  ["getRecovery", 400, bad, { webhookId, jobId: "x" }, {}],
  ["getRecovery", 404, missing, { webhookId, jobId: "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN" }, {}],
  ["publish", 400, bad, topic, { body: "{" }],
  ["publish", 409, reused, topic, { body: "2", headers: used }],
  ["publish", 409, overtaken, halted, { json: 1 }],
  ["publish", 413, large, topic, { body: " ".repeat(262_145) }],
  ["publish", 415, bad, topic, { body: "1", headers: { "content-type": "" } }],
  ["publishBatch", 400, bad, topic, { json: {} }],
  ["publishBatch", 409, overtaken, halted, batch],
  ["publishBatch", 413, large, topic, { json: { messages: [{ text: "a".repeat(1_048_577) }] } }],
  ["publishBatch", 415, bad, topic, compressed],
  ["suspendCache", 400, bad, { cacheName: " " }, {}],
  ["resumeCache", 400, bad, { cacheName: " " }, {}],
  ["getMessage", 400, bad, { cacheName, messageId: "x" }, {}],
  ["getMessage", 404, missing, nothing, {}],
];

test.each(table)("%s refuses with %i %s", async (operation, status, code, params, sent) => {
  expect(refusalOf(await root.call(operation, params, sent))).toMatchObject({ status, code });
});

test("every good request of the table's webhook is still answered", async () => {
  await succeed(root, "updateWebhookDetails", { webhookId }, { json: details });
});

/** The gateway's own, keys of narrower scope, quotas and failures have tests of their own. */
const elsewhere = ["401", "403", "429", "500", "503", "default"];
/** A race that is lost a dozen times over cannot be had by asking for it. */
const races = [
  "putWebhook",
  "deleteWebhook",
  "rotateWebhookSecret",
  "updateWebhookDetails",
  "updateWebhookStatus",
  "suspendCache",
  "resumeCache",
];
/** Only the gateway's limit can be passed where a body is small. */
const gatewayOnly = ["413"];

test.each(operationNames)("%s documents no refusal that the table lacks", (name) => {
  const described = Object.values(document.api.paths).flatMap((methods) => Object.values(methods));
  const operation = described.find(({ operationId }) => operationId === name);
  const rows = table.filter(([tested]) => tested === name);
  const tested = [...new Set(rows.map(([, status]) => String(status)))];
  const expected = Object.keys(operation?.responses ?? {})
    .filter((status) => !/^[23]/.test(status) && !elsewhere.includes(status))
    .filter((status) => tested.includes(status) || !gatewayOnly.includes(status))
    .filter((status) => status !== "409" || !races.includes(name));
  expect(expected).toEqual(tested);
});
