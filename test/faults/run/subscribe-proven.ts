import { openHealthStore } from "../../../shared/store/health/health-store.ts";
import { type Subscription, subscribe } from "../../support/calls.ts";
import type { Receiver } from "../../support/network/receiver.ts";
import type { Api } from "../../support/service/api.ts";

/**
 * Subscribes a webhook that has shown that it is fast, as nearly all have: its first attempts are posted from
 * the delivery queue, and not sent on to the newcomers' lane before.
 */
export async function subscribeProven(call: Api, receiver: Receiver, subscription: Subscription) {
  const made = await subscribe(call, receiver, subscription);
  const { cacheName, webhookName } = subscription;
  const healths = openHealthStore();
  const who = { cacheName, webhookName, webhookId: made.webhookId };
  if (!(await healths.change(who, await healths.find(made.webhookId), undefined))) {
    throw new Error(`${made.webhookId} could not be proven`);
  }
  return made;
}
