import type { GetMessageDeliveriesResponse } from "../../../shared/contract/operations/messages/get-message-deliveries.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { useWhileVisible } from "../while-visible.ts";

export type MessageDelivery = GetMessageDeliveriesResponse["deliveries"][number];

const pauseMs = 3_000;
const most = 100;

export interface MessageDeliveries {
  readonly deliveries: readonly MessageDelivery[];
  /** Whether there are more webhooks than are shown. */
  readonly isCut: boolean;
}

/** What became of a message at each webhook, followed for as long as the page is seen. */
export function useMessageDeliveries(
  cacheName: string,
  messageId: string,
): Loaded<MessageDeliveries> {
  const loaded = useLoaded<MessageDeliveries>(
    `${cacheName}/${messageId}/deliveries`,
    async (signal) => {
      const input = { cacheName, messageId, limit: most };
      const { response } = await hookcast().call("getMessageDeliveries", input, { signal });
      return { deliveries: response.deliveries, isCut: response.nextCursor !== null };
    },
  );
  useWhileVisible(loaded.reload, pauseMs, true);
  return loaded;
}
