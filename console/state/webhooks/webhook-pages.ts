import type { ListWebhooksResponse } from "../../../shared/contract/operations/webhooks/list-webhooks.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";

const pageSize = 50;

/** A cache's webhooks in name order; an empty topic name means those of every topic. */
export function useWebhooks(
  cacheName: string,
  topicName: string,
): Loaded<ListWebhooksResponse> & { loadMore: () => Promise<void> } {
  const pageFrom = async (cursor?: string, signal?: AbortSignal) => {
    const input = {
      ...{ cacheName, limit: pageSize, cursor, include: "health" as const },
      ...(topicName !== "" && { topicName }),
    };
    return (await hookcast().call("listWebhooks", input, { ...(signal && { signal }) })).response;
  };
  const loaded = useLoaded(JSON.stringify([cacheName, topicName]), (signal) =>
    pageFrom(undefined, signal),
  );
  const loadMore = async () => {
    const cursor = loaded.value?.nextCursor;
    if (!cursor) return;
    const { webhooks, nextCursor } = await pageFrom(cursor);
    loaded.change((known) => ({ webhooks: [...known.webhooks, ...webhooks], nextCursor }));
  };
  return { ...loaded, loadMore };
}
