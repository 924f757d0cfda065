import type { Client } from "../../client/client.ts";
import { HookcastError } from "../../client/errors.ts";
import type { InputOf, ResponseOf } from "../../client/operations.ts";
import type { MessageSummary } from "../../shared/contract/message.ts";
import type { MessageDelivery } from "../../shared/contract/operations/messages/get-message-deliveries.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { causeOf, whyNotSent } from "./cause.ts";

type PublishedMessage = ResponseOf<"getMessage">;

/** So many are explained; those that are not well come first. */
const maxExplained = 20;
const maxDeliveries = 1_000;
const maxCaches = 100;

interface Asked {
  readonly messageId: string;
  readonly cacheName?: string | undefined;
}

/** Says in plain words what became of a message, webhook by webhook. */
export async function explainDelivery(client: Client, asked: Asked): Promise<string> {
  const message = await findMessage(client, asked);
  const { messageId, cacheName, topicName } = message;
  const deliveries = await atMost(
    maxDeliveries,
    client.getMessageDeliveries({ cacheName, messageId }),
  );
  const webhooks = await atMost(
    maxDeliveries,
    client.listWebhooks({ cacheName, topicName, include: "health", limit: 100 }),
  );
  const byId = new Map(webhooks.map((webhook) => [webhook.webhookId, webhook]));
  const worstFirst = [...deliveries].sort((a, b) => rankOf(a) - rankOf(b));
  const explained = await Promise.all(
    worstFirst.slice(0, maxExplained).map(async (delivery) => {
      const { webhookId, id } = delivery;
      const { attempts } = await client.getDelivery({ webhookId, messageId });
      const { status, attemptCount, nextAttemptTime } = delivery;
      const webhook = byId.get(webhookId);
      const cause = causeOf(delivery, attempts, webhook);
      const facts = { status, attemptCount, nextAttemptTime, health: webhook?.health };
      return { webhookName: id.webhookName, webhookId, ...facts, ...cause };
    }),
  );
  return JSON.stringify({
    summary: summaryOf(deliveries),
    message: withoutValue(message),
    deliveries: explained,
    ...(deliveries.length > maxExplained && { notShown: deliveries.length - maxExplained }),
    webhooksWithoutDelivery: await notSentTo(client, webhooks, deliveries, message),
  });
}

/** Nobody knows the cache of a message by its id, so the caches that the key covers are tried. */
async function findMessage(client: Client, { messageId, cacheName }: Asked) {
  if (cacheName !== undefined) return client.getMessage({ cacheName, messageId });
  const caches = await atMost(maxCaches, client.listCaches({ limit: maxCaches }));
  for (const cache of caches) {
    try {
      return await client.getMessage({ cacheName: cache.cacheName, messageId });
    } catch (error) {
      if (!(error instanceof HookcastError) || error.status !== 404) throw error;
    }
  }
  throw new TypeError(
    `no cache of the key has ${messageId}: it may have expired, or its cache needs to be named`,
  );
}

async function atMost<Item>(most: number, items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

const ranks = { failed: 0, retrying: 1, pending: 2, delivered: 3 } as const;

function rankOf({ status }: MessageDelivery): number {
  return ranks[status];
}

function summaryOf(deliveries: readonly MessageDelivery[]): string {
  if (deliveries.length === 0) return "No webhook was to receive this message.";
  const counts = Object.keys(ranks).flatMap((status) => {
    const count = deliveries.filter((delivery) => delivery.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const noun = deliveries.length === 1 ? "delivery" : "deliveries";
  return `${deliveries.length} ${noun}: ${counts.join(", ")}.`;
}

/** What was published is for receivers; a cause never needs it. */
function withoutValue(message: MessageSummary): MessageSummary {
  const { messageId, cacheName, topicName, event, productId } = message;
  const { contentType, publishedTime, expiresTime } = message;
  const facts = { messageId, cacheName, topicName, event, productId };
  return { ...facts, contentType, publishedTime, expiresTime };
}

async function notSentTo(
  client: Client,
  webhooks: readonly Webhook[],
  deliveries: readonly MessageDelivery[],
  message: PublishedMessage,
) {
  const sent = new Set(deliveries.map(({ webhookId }) => webhookId));
  const others = webhooks.filter(({ webhookId }) => !sent.has(webhookId)).slice(0, maxExplained);
  return Promise.all(
    others.map(async (webhook) => ({
      webhookName: webhook.id.webhookName,
      webhookId: webhook.webhookId,
      cause: whyNotSent(webhook, message, await filteredOut(client, webhook, message)),
    })),
  );
}

/** What of the webhook's filter the message does not pass; undefined where it passes, or there is no filter. */
async function filteredOut(client: Client, { config }: Webhook, message: PublishedMessage) {
  if (config.filter === undefined) return undefined;
  // What the service stores is a filter; only the type of an answer says less.
  const filter = config.filter as InputOf<"testFilter">["filter"];
  const { cacheName, event, productId, contentType } = message;
  const value = message.value ?? message.text ?? null;
  const asked = { cacheName, filter, event, productId, contentType, value };
  const { matches, because } = await client.testFilter(asked);
  return matches ? undefined : because;
}
