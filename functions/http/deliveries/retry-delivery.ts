import {
  type RetryDeliveryResponse,
  retryDelivery as route,
} from "../../../shared/contract/operations/deliveries/retry-delivery.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import {
  cannotBeSent,
  jobAgain,
  notTaken,
  openSendAgainDeps,
  pastDelivery,
  type SendAgainDeps,
} from "../../../shared/delivery/send-again.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";

/** Nothing is written here: the new generation's first attempt takes the delivery over, and ends the old. */
export async function retryDelivery(
  { params, headers, caller }: Input<typeof route>,
  deps: SendAgainDeps,
): Promise<RetryDeliveryResponse> {
  const { messageId } = params;
  const hops = hopsOf(headers);
  const past = await pastDelivery(params, caller, deps);
  const message = await deps.messages.find(past.webhook.cacheName, messageId);
  if (!message || message.expiresAt * 1000 <= deps.now()) {
    throw cannotBeSent("the message has expired");
  }
  const { job, isHeld } = await jobAgain(past, message, hops, deps);
  const refused = await deps.deliveries.send([job]);
  if (refused.length > 0) throw notTaken();
  return { messageId, ...(isHeld && { held: true }) };
}

export const handler = endpoint(route, retryDelivery, openSendAgainDeps);
