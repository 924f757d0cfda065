import { useSignal } from "@preact/signals";
import type { Delivery } from "../../../shared/contract/delivery.ts";
import { hookcast } from "../hookcast.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import { useWhileVisible } from "../while-visible.ts";

const pollPauseMs = 2000;

interface FollowedDelivery extends Loaded<Delivery> {
  /** Asks on, although nothing is planned: what was sent again shows when its attempt has ended. */
  readonly awaitChange: () => void;
}

/** A delivery, followed for as long as something is yet to come of it. */
export function useDelivery(webhookId: string, messageId: string): FollowedDelivery {
  const loaded = useLoaded(`${webhookId}/${messageId}`, (signal) =>
    hookcast().getDelivery({ webhookId, messageId }, { signal }),
  );
  const before = useSignal<string | undefined>(undefined);
  const now = JSON.stringify(loaded.value);
  const status = loaded.value?.status;
  const isOpen = status === "pending" || status === "retrying" || before.value === now;
  useWhileVisible(loaded.reload, pollPauseMs, status !== undefined && isOpen);
  return {
    ...loaded,
    awaitChange: () => {
      before.value = now;
    },
  };
}
