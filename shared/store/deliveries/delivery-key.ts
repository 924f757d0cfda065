import { shardOf } from "../../domain/ids/hash.ts";
import { type Key, keys } from "../keys.ts";

/** Spreads one webhook's log over partitions, each of which takes 1,000 write units a second. */
export const deliveryShards = 4;

/** Where the head row of a delivery is. */
export function deliveryKey(webhookId: string, messageId: string): Key {
  return keys.delivery(webhookId, shardOf(messageId, deliveryShards), messageId);
}
