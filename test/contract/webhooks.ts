import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { Webhook } from "../../shared/contract/webhook.ts";
import { eventually } from "../support/eventually.ts";
import type { Receiver } from "../support/network/receiver.ts";
import type { Client, Sent } from "./client.ts";
import type { Answer } from "./document/exchange.ts";
import type { Operation, Params } from "./document/operations.ts";

const Put = z.object({
  response: z.object({ webhookId: z.string(), secretString: z.string(), webhook: Webhook }),
});
const Listed = z.object({
  response: z.object({ webhooks: z.array(Webhook), nextCursor: z.nullable(z.string()) }),
});
const Details = z.object({ response: Webhook });

/** The body that putWebhook cannot do without; nothing listens behind its URL. */
export const plainBody = {
  destination: { postUrl: "https://client_domain.com/webhook" },
  topicName: "paid",
};

/** Calls an operation that must answer with one of its good statuses. */
export async function succeed(
  client: Client,
  operation: Operation,
  params: Params,
  sent?: Sent,
): Promise<Answer> {
  const answer = await client.call(operation, params, sent);
  if (answer.status < 300) return answer;
  throw new Error(`${operation} answered ${answer.status}: ${answer.text}`);
}

/** Has a test event sent, as soon as the key may: many tests share its rate. */
export async function testWebhook(client: Client, webhookId: string): Promise<Answer> {
  return await eventually(async () => {
    const answer = await client.call("testWebhook", { webhookId });
    return answer.status === 429 ? undefined : answer;
  });
}

export async function putWebhook(client: Client, params: Params, json: object = plainBody) {
  const answer = await succeed(client, "putWebhook", params, { json });
  const { response } = z.parse(Put, answer.body);
  return { ...response, status: answer.status, etag: answer.headers.etag ?? "" };
}

export async function listWebhooks(client: Client, cacheName: string, query?: Sent["query"]) {
  const answer = await succeed(client, "listWebhooks", { cacheName }, { ...(query && { query }) });
  return z.parse(Listed, answer.body).response;
}

export async function getWebhook(client: Client, webhookId: string) {
  const answer = await succeed(client, "getWebhookDetails", { webhookId });
  return { webhook: z.parse(Details, answer.body).response, etag: answer.headers.etag ?? "" };
}

/** Puts a webhook to a path of its own at the receiver, which then trusts its secret. */
export async function subscribe(
  client: Client,
  receiver: Receiver,
  params: { cacheName: string; webhookName: string },
  body: { topicName: string } & Record<string, unknown>,
) {
  // Of its own in every run, and legible where it is short.
  const path = `/${randomBytes(8).toString("hex")}/${encodeURIComponent([...params.webhookName].slice(0, 20).join(""))}`;
  const destination = { postUrl: receiver.url + path };
  const put = await putWebhook(client, params, { destination, ...body });
  receiver.trust(path, put.secretString);
  return { ...put, path };
}
