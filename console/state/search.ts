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
/** So many caches are asked for a message, and so many of them at once. */
const maxCaches = 500;
const cachesAtOnce = 50;

/** Nothing was found, and where that was looked for. */
export class NothingFound extends Error {}

/** What a text may mean: an id, a message of a cache, or a part of a name or a URL. Nothing typed means what was looked at lately. */
export async function search(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
  const wanted = text.trim();
  if (wanted === "") return recent.peek().map((visited) => ({ ...visited, detail: "recent" }));
  const [, cacheName, messageId] = /^(?:(.+)\/)?(msg_[^/]*)$/i.exec(wanted) ?? [];
  if (messageId) return [await findMessage(messageId, cacheName, signal)];
  if (/^whk_/i.test(wanted)) return findById(wanted, signal);
  return findByName(wanted.toLowerCase(), signal);
}

async function findById(webhookId: string, signal: AbortSignal): Promise<Hit[]> {
  const { response } = await hookcast().call("getWebhookDetails", { webhookId }, { signal });
  return response ? [webhookHit(response)] : [];
}

/** A message belongs to a cache, which its id does not tell: those are tried that the key covers. */
async function findMessage(
  messageId: string,
  cacheName: string | undefined,
  signal: AbortSignal,
): Promise<Hit> {
  const names = cacheName === undefined ? await likelyCaches(signal) : [cacheName];
  for (let from = 0; from < names.length; from += cachesAtOnce) {
    const tries = names.slice(from, from + cachesAtOnce).map(async (cacheName): Promise<Hit> => {
      await hookcast().getMessage({ cacheName, messageId }, { signal });
      const route = { screen: "message", cacheName, messageId } as const;
      return { kind: "message", name: messageId, detail: cacheName, route };
    });
    const found = await Promise.any(tries).catch(notThere);
    if (found) return found;
  }
  throw new NothingFound(
    names.length < maxCaches
      ? "No cache that your key covers keeps this message."
      : `The first ${maxCaches} caches do not keep this message. Put its cache before it: orders/${messageId}`,
  );
}

/** The one that was looked at last comes first. */
async function likelyCaches(signal: AbortSignal): Promise<string[]> {
  const current = session.peek()?.cacheName ?? "";
  const names = new Set(current === "" ? [] : [current]);
  for (const name of await cacheNames(signal)) names.add(name);
  return [...names].slice(0, maxCaches);
}

/** Whoever could not be asked may keep it. */
function notThere(error: unknown): undefined {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const failure = reasons.find((reason) => Object(reason).status !== 404);
  if (failure) throw failure;
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
  const all = [...hits, ...caches].slice(0, shown);
  if (all.length > 0) return all;
  throw new NothingFound(
    seen < maxWebhooks
      ? "Nothing found."
      : `Nothing found among the first ${maxWebhooks} webhooks. Search for an id, or open a cache.`,
  );
}

async function cacheNames(signal: AbortSignal): Promise<string[]> {
  const { response } = await hookcast().call("listCaches", { limit: maxCaches }, { signal });
  return response.caches.map(({ cacheName }) => cacheName);
}

function webhookHit({ webhookId, id, destination }: Webhook): Hit {
  const route = { screen: "webhook", webhookId } as const;
  const detail = `${id.cacheName} · ${destination.postUrl}`;
  return { kind: "webhook", name: id.webhookName, detail, route };
}
