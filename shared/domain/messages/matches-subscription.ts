import type { EventCode } from "../../contract/values/event.ts";
import type { Subscription } from "../webhooks/webhook-record.ts";

/**
 * Whether a subscriber of the topic receives a message: it is active, its events are empty or hold the
 * message's, and its productId is null or equal to the message's.
 */
export function matchesSubscription(
  { status, events, productId }: Subscription,
  message: { readonly event: EventCode | null; readonly productId: number | null },
): boolean {
  if (status !== "active") return false;
  const eventMatches =
    events.length === 0 || (message.event !== null && events.includes(message.event));
  return eventMatches && (productId === null || productId === message.productId);
}
