import type { Delivery } from "../../shared/contract/delivery-log.ts";
import { hookcast } from "./hookcast.ts";
import { type Loaded, useLoaded } from "./loaded.ts";
import { useWhileVisible } from "./while-visible.ts";

const pollPauseMs = 2000;

/** A delivery, followed for as long as something is yet to come of it. */
export function useDelivery(webhookId: string, messageId: string): Loaded<Delivery> {
  const loaded = useLoaded(`${webhookId}/${messageId}`, (signal) =>
    hookcast().getDelivery({ webhookId, messageId }, { signal }),
  );
  const isOpen = loaded.value?.status === "pending" || loaded.value?.status === "retrying";
  useWhileVisible(loaded.reload, pollPauseMs, isOpen);
  return loaded;
}
