import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { inByteOrder } from "../../runtime/caller.ts";
import type { CacheList } from "./cache-list.ts";
import type { WebhookStore } from "./webhook-store.ts";

/** Where a list over caches goes on: behind this webhook, or at the beginning of the cache where the name is empty. */
export interface Place {
  readonly cacheName: string;
  readonly webhookName: string;
}

export interface CacheWalk {
  /** By cache and name, read page by page as they are taken. */
  readonly records: AsyncIterable<WebhookRecord>;
  /** Where to go on, once the records have ended before the last cache. */
  readonly rest: () => Place | undefined;
}

interface Deps {
  readonly caches: Pick<CacheList, "page">;
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
}

/** Caches without a webhook cost a read each, so a walk opens no more than so many. */
const maxCaches = 100;

/** Every webhook of these caches, or of all, from a place on. */
export function walkCaches(
  covered: readonly string[] | undefined,
  from: Place | undefined,
  limit: number,
  deps: Deps,
): CacheWalk {
  let rest: Place | undefined;
  async function* records() {
    let opened = 0;
    for await (const cacheName of namesFrom(covered, from?.cacheName, deps)) {
      if (opened === maxCaches) {
        rest = { cacheName, webhookName: "" };
        return;
      }
      opened += 1;
      const isFirst = cacheName === from?.cacheName && from.webhookName !== "";
      const after = isFirst ? from.webhookName : undefined;
      yield* deps.webhooks.inNameOrder(cacheName, { after, limit: limit + 1 });
    }
  }
  return { records: records(), rest: () => rest };
}

/** The names of the caches from this one on, itself included. */
async function* namesFrom(
  covered: readonly string[] | undefined,
  first: string | undefined,
  { caches }: Deps,
): AsyncGenerator<string> {
  if (covered) {
    yield* covered.filter((name) => first === undefined || inByteOrder(name, first) >= 0);
    return;
  }
  if (first !== undefined) yield first;
  let after = first;
  do {
    const page = await caches.page(after, maxCaches);
    yield* page.cacheNames;
    after = page.last;
  } while (after !== undefined);
}
