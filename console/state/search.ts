import type { Webhook } from "../../shared/contract/webhook.ts";
import { hookcast } from "./hookcast.ts";
import { recent, type Visited } from "./recent.ts";
import { session } from "./session.ts";

export interface Hit extends Visited {
  /** What tells it from others of its name. */
  readonly detail: string;
}

const shown = 8;
const pageSize = 100;
/** So many webhooks are looked through for a name or a URL; ids are found whatever the number. */
const maxWebhooks = 2_000;
/** So many caches are asked for a message. */
const mostCaches = 50;

/** What a text may mean: an id, or a part of a name or a URL. Nothing typed means what was looked at lately. */
export async function search(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  const wanted = text.trim();
  if (wanted === "") return recent.peek().map((visited) => ({ ...visited, detail: "recent" }));
  if (/^msg_/i.test(wanted)) return findMessage(wanted, signal);
  if (/^whk_/i.test(wanted)) return findById(wanted, signal);
  return findByName(wanted.toLowerCase(), signal);
}

async function findById(webhookId: string, signal: AbortSignal): Promise<Hit[]> {
  const { response } = await hookcast().call("getWebhookDetails", { webhookId }, { signal });
  return response ? [webhookHit(response)] : [];
}

/** A message belongs to a cache, which its id does not tell: those are tried that the key covers. */
async function findMessage(messageId: string, signal: AbortSignal): Promise<Hit[]> {
  const current = session.peek()?.cacheName ?? "";
  const names = new Set(current === "" ? [] : [current]);
  for (const name of await cacheNames(signal)) names.add(name);
  const tries = [...names].slice(0, mostCaches).map(async (cacheName): Promise<Hit> => {
    await hookcast().getMessage({ cacheName, messageId }, { signal });
    const route = { screen: "message", cacheName, messageId } as const;
    return { kind: "message", name: messageId, detail: cacheName, route };
  });
  return [await Promise.any(tries)];
}

async function findByName(wanted: string, signal: AbortSignal): Promise<Hit[]> {
  const caches = (await cacheNames(signal))
    .filter((name) => name.toLowerCase().includes(wanted))
    .map((cacheName): Hit => {
      const route = { screen: "webhooks", cacheName } as const;
      return { kind: "cache", name: cacheName, detail: "all webhooks of the cache", route };
    });
  const hits: Hit[] = [];
  let seen = 0;
  for await (const webhook of hookcast().listAllWebhooks({ limit: pageSize }, { signal })) {
    const texts = [webhook.id.webhookName, webhook.destination.postUrl];
    if (texts.some((part) => part.toLowerCase().includes(wanted))) hits.push(webhookHit(webhook));
    seen += 1;
    if (hits.length >= shown || seen >= maxWebhooks) break;
  }
  return [...hits, ...caches].slice(0, shown);
}

async function cacheNames(signal: AbortSignal): Promise<string[]> {
  const { response } = await hookcast().call("listCaches", { limit: 500 }, { signal });
  return response.caches.map(({ cacheName }) => cacheName);
}

function webhookHit({ webhookId, id, destination }: Webhook): Hit {
  const route = { screen: "webhook", webhookId } as const;
  const detail = `${id.cacheName} · ${destination.postUrl}`;
  return { kind: "webhook", name: id.webhookName, detail, route };
}
