import * as z from "zod/mini";
import type { Receiver } from "./network/receiver.ts";
import type { Api, ApiAnswer } from "./service/api.ts";

const PutAnswer = z.object({
  response: z.object({ webhookId: z.string(), secretString: z.string() }),
});
const PublishAnswer = z.object({ response: z.object({ messageId: z.string() }) });

export interface Subscription {
  cacheName: string;
  webhookName: string;
  topicName: string;
  format?: string;
}

interface WebhookRequest extends Subscription {
  postUrl: string;
}

/** Puts a webhook that must be accepted and gives its id and secret. */
export async function putWebhook(call: Api, webhook: WebhookRequest) {
  const { cacheName, webhookName, topicName, postUrl, format } = webhook;
  const answer = await call({
    method: "PUT",
    path: webhookPath(cacheName, webhookName),
    body: { destination: { postUrl }, topicName, ...(format && { config: { format } }) },
  });
  requireStatus(answer, [200, 201]);
  return PutAnswer.parse(answer.body).response;
}

/** Puts a webhook to a path of its own at the receiver, which then trusts its secret. */
export async function subscribe(call: Api, receiver: Receiver, subscription: Subscription) {
  const path = `/${subscription.cacheName}/${subscription.webhookName}`;
  const postUrl = receiver.url + path;
  const { secretString, webhookId } = await putWebhook(call, { ...subscription, postUrl });
  receiver.trust(path, secretString);
  return { path, secretString, webhookId };
}

/** Publishes a message that must be accepted and gives its messageId. */
export async function publish(
  call: Api,
  cacheName: string,
  topicName: string,
  value: string | object,
) {
  const answer = await call({ method: "POST", path: topicPath(cacheName, topicName), body: value });
  requireStatus(answer, [202]);
  return PublishAnswer.parse(answer.body).response.messageId;
}

const SessionAnswer = z.object({
  response: z.object({ sessionId: z.string(), token: z.string() }),
});

/** Makes a portal session that must be made. */
export async function createSession(call: Api, cacheName: string, wish: object = {}) {
  const path = `/api/v1/caches/${encodeURIComponent(cacheName)}/portal-sessions`;
  const answer = await call({ method: "POST", path, body: wish });
  requireStatus(answer, [201]);
  return SessionAnswer.parse(answer.body).response;
}

export function webhookPath(cacheName: string, webhookName: string): string {
  const cache = encodeURIComponent(cacheName);
  return `/api/v1/caches/${cache}/webhooks/${encodeURIComponent(webhookName)}`;
}

function topicPath(cacheName: string, topicName: string): string {
  return `/api/v1/caches/${encodeURIComponent(cacheName)}/topics/${encodeURIComponent(topicName)}`;
}

function requireStatus({ status, body }: ApiAnswer, accepted: number[]): void {
  if (!accepted.includes(status)) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
}
