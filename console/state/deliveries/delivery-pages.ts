import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import type { ListDeliveriesResponse } from "../../../shared/contract/operations/deliveries/list-deliveries.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { withNewest } from "./newest-page.ts";

export type DeliveryStatus = DeliverySummary["status"];

export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
  /** A status, its class such as `5xx`, or `none`. */
  readonly lastStatusCode?: string;
  readonly event?: string;
  readonly since?: string;
  readonly until?: string;
}

const pageSize = 50;

/** A webhook's deliveries, newest first; each reload puts the newest page before the older ones. */
export function useDeliveries(
  webhookId: string,
  filter: DeliveryFilter,
): Loaded<ListDeliveriesResponse> & { loadOlder: () => Promise<void> } {
  const pageFrom = async (cursor?: string, signal?: AbortSignal) => {
    const input = { webhookId, limit: pageSize, cursor, ...filter };
    return (await hookcast().call("listDeliveries", input, { ...(signal && { signal }) })).response;
  };
  const loaded = useLoaded<ListDeliveriesResponse>(
    JSON.stringify([webhookId, filter]),
    async (signal, known) => {
      const newest = await pageFrom(undefined, signal);
      return withNewest(known(), newest);
    },
  );
  const loadOlder = async () => {
    const cursor = loaded.value?.nextCursor;
    if (!cursor) return;
    const older = await pageFrom(cursor);
    loaded.change((known) => (known.nextCursor === cursor ? withOlder(known, older) : known));
  };
  return { ...loaded, loadOlder };
}

function withOlder(
  known: ListDeliveriesResponse,
  { deliveries, nextCursor }: ListDeliveriesResponse,
): ListDeliveriesResponse {
  return { deliveries: [...known.deliveries, ...deliveries], nextCursor };
}
