import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { Delivery } from "../../shared/contract/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { type Answer, startReceiver } from "../support/network/receiver.ts";
import type { Client, Sent } from "./client.ts";
import { makeKey } from "./gateway/keys.ts";
import { publish } from "./publish/messages.ts";
import { openService } from "./service.ts";
import { freshCache } from "./webhooks/fresh-names.ts";
import { subscribe, succeed } from "./webhooks.ts";

const { root, operatorEnv, client } = await openService();
const cacheName = freshCache();

/** What the receiver says to the POSTs to a path; 200 to those to others. */
const answers = new Map<string, Answer>();
const receiver = await startReceiver({
  handler: ({ path }) => answers.get(path) ?? { status: 200 },
});
afterAll(() => receiver[Symbol.asyncDispose]());

/** A webhook of a topic of its own, and what became of a message to it. */
async function delivered(
  webhookName: string,
  config: Record<string, unknown>,
  sent: Sent,
  answer: Answer = { status: 200 },
) {
  const topicName = webhookName;
  const webhook = await subscribe(
    root,
    receiver,
    { cacheName, webhookName },
    { topicName, config },
  );
  answers.set(webhook.path, answer);
  const messageId = await publish(root, { cacheName, topicName }, sent);
  const { webhookId } = webhook;
  const delivery = await eventually(async () => {
    const found = await get(root, webhookId, messageId);
    return found.attempts.length > 0 ? found : undefined;
  });
  const posted = receiver.find(webhook.path, messageId);
  if (!posted) throw new Error("nothing was posted");
  return { ...webhook, messageId, delivery, posted };
}

async function get(as: Client, webhookId: string, messageId: string): Promise<Delivery> {
  const { body } = await succeed(as, "getDelivery", { webhookId, messageId });
  return z.parse(z.object({ response: Delivery }), body).response;
}

test.each([
  ["standard", { json: { total: 12 } }],
  ["raw", { json: { total: 12 } }],
  ["momento", { json: { total: 12 } }],
  ["thredd", { json: { total: 12 } }],
  ["cloudevents", { json: { total: 12 } }],
] as const)(
  "a delivery in the format %s tells its request as it was sent",
  async (format, sent) => {
    const customHeaders = { "X-Token": "s3cr3t", "x-tenant": "a" };
    const made = await delivered(`as-${format}`, { format, customHeaders }, sent);
    const [attempt] = made.delivery.attempts;
    const url = receiver.url + made.path;
    expect(attempt?.request).toMatchObject({ url, format, bytes: made.posted.body.length });
    const names = attempt?.request?.headerNames.map((name) => name.toLowerCase()).toSorted();
    expect(names).toEqual(Object.keys(made.posted.headers).toSorted());
    expect(attempt?.request?.headerNames).toContain("X-Token");
    const requestBody = made.posted.body.toString();
    expect(made.delivery).toMatchObject({ requestBody, rendered: "as-sent" });
    expect(made.delivery).not.toHaveProperty("requestBodyEncoding");
    expect(JSON.stringify(made.delivery)).not.toContain("s3cr3t");
  },
);

test("a body that is no text is in base64", async () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  const headers = { "content-type": "application/octet-stream" };
  const made = await delivered("binary", { format: "raw" }, { body: bytes, headers });
  expect(made.delivery).toMatchObject({
    requestBody: bytes.toString("base64"),
    requestBodyEncoding: "base64",
    rendered: "as-sent",
  });
});

test("a failed attempt tells the headers that came back, but for cookies", async () => {
  const headers = { "X-Reason": "maintenance", "set-cookie": "session=1", "retry-after": "3600" };
  const made = await delivered("failing", {}, { json: 1 }, { status: 503, headers, body: "no" });
  const [attempt] = made.delivery.attempts;
  expect(attempt?.responseHeaders).toMatchObject({
    "x-reason": "maintenance",
    "retry-after": "3600",
  });
  expect(JSON.stringify(made.delivery)).not.toMatch(/cookie|session/);
  const well = await delivered("well", {}, { json: 1 }, { status: 200, headers });
  expect(well.delivery.attempts[0]).not.toHaveProperty("responseHeaders");
});

test("what an attempt sent stays as it was, however the webhook changes and when it goes", async () => {
  const made = await delivered("changing", { format: "raw" }, { json: { n: 1 } });
  const { webhookId, messageId, path } = made;
  const config = { url: `${receiver.url}/elsewhere`, format: "momento", customHeaders: {} };
  const json = { productId: null, events: [], config };
  await succeed(root, "updateWebhookDetails", { webhookId }, { json });
  const wanted = {
    ...{ requestBody: '{"n":1}', rendered: "as-sent" },
    attempts: [{ request: { url: receiver.url + path, format: "raw", bytes: 7 } }],
  };
  expect(await get(root, webhookId, messageId)).toMatchObject(wanted);
  await succeed(root, "deleteWebhook", { cacheName, webhookName: "changing" });
  expect(await get(root, webhookId, messageId)).toMatchObject(wanted);
});

test("a retry is shown with the settings of its own time", async () => {
  const made = await delivered("repaired", { format: "raw" }, { json: { n: 1 } });
  const { webhookId, messageId, path } = made;
  const config = { url: receiver.url + path, format: "standard", customHeaders: { "x-new": "1" } };
  const json = { productId: null, events: [], config };
  await succeed(root, "updateWebhookDetails", { webhookId }, { json });
  await succeed(root, "retryDelivery", { webhookId, messageId });
  const delivery = await eventually(async () => {
    const found = await get(root, webhookId, messageId);
    // The attempt's row comes first, and the delivery's own a moment later.
    const isNoted = found.requestBody?.includes('"data"');
    return found.attempts.length === 2 && isNoted ? found : undefined;
  });
  const requests = delivery.attempts.map(({ request }) => request);
  expect(requests.map((request) => request?.format)).toEqual(["raw", "standard"]);
  expect(requests.map((request) => request?.headerNames.includes("x-new"))).toEqual([false, true]);
  expect(delivery).toMatchObject({ rendered: "as-sent" });
  expect(JSON.parse(delivery.requestBody ?? "")).toMatchObject({ data: { n: 1 } });
});

test.skipIf(operatorEnv === undefined)(
  "a key that sees no secrets sees no token of the URL, also where the receiver repeats it (a given service needs HOOKCAST_KEYS_ENV)",
  async () => {
    const reader = client(
      await makeKey(operatorEnv ?? {}, { permissions: ["read"], caches: [cacheName] }),
    );
    const made = await delivered("echoing", {}, { json: 1 });
    const { webhookId, messageId, path } = made;
    const [, first, token = ""] = path.split("/");
    answers.set(path, { status: 404, headers: { "x-path": path }, body: `Cannot POST ${path}` });
    await succeed(root, "retryDelivery", { webhookId, messageId });
    const whole = await eventually(async () => {
      const found = await get(root, webhookId, messageId);
      return found.attempts.length === 2 ? found : undefined;
    });
    expect(JSON.stringify(whole.attempts[1])).toContain(`Cannot POST ${path}`);
    const masked = await get(reader, webhookId, messageId);
    expect(masked.attempts.map(({ request }) => request?.url)).toEqual(
      Array.from({ length: 2 }, () => `${receiver.url}/${first}/•••`),
    );
    expect(JSON.stringify(masked.attempts)).not.toContain(token);
  },
);
