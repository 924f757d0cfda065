import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { type Caller, sees } from "../../runtime/caller.ts";
import type { CacheList } from "./cache-list.ts";
import type { WebhookStore } from "./webhook-store.ts";

interface Deps {
  readonly caches: Pick<CacheList, "page">;
  readonly webhooks: Pick<WebhookStore, "inNameOrder">;
}

/** So many caches are read at a time. */
const atOnce = 25;

/** The first webhooks of these caches, or of all, by cache and name: of those that the caller sees. */
export async function firstWebhooks(
  covered: readonly string[] | undefined,
  most: number,
  caller: Caller,
  { caches, webhooks }: Deps,
): Promise<WebhookRecord[]> {
  const names = covered ?? (await caches.page(undefined, most)).cacheNames;
  const found: WebhookRecord[] = [];
  for (let start = 0; start < names.length && found.length < most; start += atOnce) {
    const some = names.slice(start, start + atOnce);
    const left = most - found.length;
    const lists = await Promise.all(some.map((name) => take(webhooks, name, left, caller)));
    found.push(...lists.flat().slice(0, left));
  }
  return found;
}

async function take(
  webhooks: Deps["webhooks"],
  cacheName: string,
  most: number,
  caller: Caller,
): Promise<WebhookRecord[]> {
  const found: WebhookRecord[] = [];
  for await (const record of webhooks.inNameOrder(cacheName, { limit: most })) {
    if (sees(caller, record)) found.push(record);
    if (found.length === most) break;
  }
  return found;
}
