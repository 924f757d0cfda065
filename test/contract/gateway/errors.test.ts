import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import type { Sent } from "../client.ts";
import { goodRequest } from "../document/good-requests.ts";
import {
  type Operation,
  operationNames,
  operations,
  parametersOf,
} from "../document/operations.ts";
import { createSession } from "../portal/sessions.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { plainBody, putWebhook, succeed } from "../webhooks.ts";
import { refusalOf } from "./refusal.ts";

const { root, client, document } = await openService();

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

const stale = { headers: { "if-match": '"stale"' } };
const recovery = { json: { since: "2024-01-24T23:20:28Z", mode: "failed" } };
const forwarded = { json: { webhookIds: [webhookId] }, headers: { "webhook-hops": "5" } };
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

type Row = [Operation, number, string, Record<string, string>, Sent];

const event = { event: "of-errors", document: "openapi.json" };
await succeed(root, "putEventType", { ...topic, ...event }, { json: {} });
const known = {
  ...{ ...id, ...topic, ...event, webhookId, messageId },
  jobId: "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  sessionId: "ses_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
};
/** Well-formed, and nothing is to be found there. */
const unknown: Record<string, string> = {
  webhookName: "nowhere",
  event: "no.such",
  webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  messageId: "msg_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  jobId: "job_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  sessionId: "ses_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
};
const compressed = { json: {}, headers: { "content-encoding": "gzip" } };

/** How any operation is refused that documents the status. */
const usual: Row[] = operationNames.flatMap((name) => {
  const { query, body, refusals } = operations[name];
  const sent = goodRequest(name, known);
  const rows: Row[] = [];
  const last = parametersOf(name).at(-1);
  if (last) rows.push([name, 400, bad, { ...known, [last]: " " }, sent]);
  if (query) rows.push([name, 400, bad, known, { ...sent, query: { unknownField: "1" } }]);
  if (body) rows.push([name, 415, bad, known, compressed]);
  if (refusals.includes(404)) rows.push([name, 404, missing, { ...known, ...nowhere(last) }, sent]);
  if (refusals.includes(412)) rows.push([name, 412, overtaken, known, { ...sent, ...stale }]);
  return rows;
});

function nowhere(name = "resource") {
  const value = unknown[name];
  if (value === undefined) throw new Error(`no ${name} is known that does not exist`);
  return { [name]: value };
}

/** What else it takes to be refused. */
const own: Row[] = [
  ["putWebhook", 400, bad, id, { json: {} }],
  ["listWebhooks", 400, bad, { cacheName }, { query: { limit: "0" } }],
  ["listEventTypes", 400, bad, {}, { query: { status: "gone" } }],
  ["putEventType", 400, bad, known, { json: { validate: "maybe" } }],
  ["importEventTypes", 400, bad, {}, { json: {} }],
  ["importEventTypes", 413, large, {}, { json: { document: " ".repeat(4_194_305) } }],
  ["createWebhook", 400, bad, {}, { json: {} }],
  ["createWebhook", 409, reused, {}, { json: { id, ...plainBody } }],
  ["rotateWebhookSecret", 400, bad, id, { json: { graceHours: 169 } }],
  ["updateWebhookDetails", 400, bad, { webhookId }, { json: {} }],
  ["updateWebhookStatus", 400, bad, { webhookId }, { json: {} }],
  ["testWebhook", 409, overtaken, { webhookId: haltedId }, {}],
  ["resumeWebhook", 409, overtaken, { webhookId: paused }, {}],
  ["listDeliveries", 400, bad, { webhookId }, { query: { status: "lost" } }],
  ["retryDelivery", 409, overtaken, { webhookId: paused, messageId }, {}],
  ["recoverDeliveries", 400, bad, { webhookId }, { json: { mode: "failed" } }],
  ["recoverDeliveries", 409, overtaken, { webhookId: paused }, recovery],
  ["publish", 400, bad, topic, { body: "{" }],
  ["publish", 409, reused, topic, { body: "2", headers: used }],
  ["publish", 409, overtaken, halted, { json: 1 }],
  ["publish", 413, large, topic, { body: " ".repeat(262_145) }],
  ["publish", 415, bad, topic, { body: "1", headers: { "content-type": "" } }],
  ["retryMessage", 400, bad, { cacheName, messageId }, { json: { webhookIds: [] } }],
  ["retryMessage", 409, overtaken, { cacheName, messageId }, forwarded],
  ["testFilter", 400, bad, { cacheName }, { json: {} }],
  ["testFilter", 413, large, { cacheName }, { json: { value: "a".repeat(300_000) } }],
  ["publishBatch", 400, bad, topic, { json: {} }],
  ["publishBatch", 409, overtaken, halted, batch],
  ["publishBatch", 413, large, topic, { json: { messages: [{ text: "a".repeat(1_048_577) }] } }],
];
const table = [...usual, ...own];
const page = client((await createSession(root, cacheName)).token);

test.each(table)("%s refuses with %i %s", async (operation, status, code, params, sent) => {
  const by = operations[operation].permission === "session" ? page : root;
  expect(refusalOf(await by.call(operation, params, sent))).toMatchObject({ status, code });
});

test("a good request for the table's webhook still succeeds", async () => {
  await succeed(root, "updateWebhookDetails", { webhookId }, { json: details });
});

/** The gateway's own, keys of narrower scope, quotas and failures have tests of their own. */
const elsewhere = ["401", "403", "429", "500", "503", "default"];
/** A race that is lost a dozen times over cannot be had by asking for it. */
const races = [
  "putWebhook",
  "deleteWebhook",
  "rotateWebhookSecret",
  "rotateSigningKey",
  "updateWebhookDetails",
  "updateWebhookStatus",
  "putEventType",
  "deleteEventType",
  "importEventTypes",
  "suspendCache",
  "resumeCache",
];
/** Only the gateway's limit can be passed where a body is small. */
const gatewayOnly = ["413"];

test.each(operationNames)("%s documents no refusal that the table lacks", (name) => {
  const described = Object.values(document.api.paths).flatMap((methods) => Object.values(methods));
  const operation = described.find(({ operationId }) => operationId === name);
  const rows = table.filter(([tested]) => tested === name);
  const tested = [...new Set(rows.map(([, status]) => String(status)))].sort();
  const expected = Object.keys(operation?.responses ?? {})
    .filter((status) => !/^[23]/.test(status) && !elsewhere.includes(status))
    .filter((status) => tested.includes(status) || !gatewayOnly.includes(status))
    .filter((status) => status !== "409" || !races.includes(name));
  expect(expected).toEqual(tested);
});
