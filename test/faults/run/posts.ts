import type { Receiver } from "../../support/network/receiver.ts";

/** The messageIds of all POSTs to a path, in the order of arrival. */
export function postsTo(receiver: Receiver, path: string): string[] {
  return receiver.deliveries
    .filter((delivery) => delivery.path === path)
    .map(({ messageId }) => messageId);
}
