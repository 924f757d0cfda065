import type { FanOutJob } from "../../contract/jobs.ts";
import { AppError } from "../../domain/app-error.ts";
import type { DeliveryQueue } from "../../queue/delivery-queue.ts";
import type { FanOutQueue } from "../../queue/fan-out-queue.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import { deliveryJobs } from "./delivery-jobs.ts";

export interface FanOutDeps {
  readonly webhooks: Pick<WebhookStore, "subscribers">;
  readonly deliveries: DeliveryQueue;
  readonly next: FanOutQueue;
}

/** Subscribers of one job: 50 calls to the queue at most, well within the function's time-out. */
const pageSize = 500;

/**
 * Sends a message to one page of subscribers and leaves the rest to a further job. A job that dies is
 * handed out again and repeats its page under the same messageId; pages before it are not repeated.
 */
export async function fanOutPage(job: FanOutJob, deps: FanOutDeps): Promise<void> {
  const { cacheName, topicName } = job.message;
  const options = { after: job.after, limit: pageSize };
  const { subscriptions, last } = await deps.webhooks.subscribers(cacheName, topicName, options);
  const refused = await deps.deliveries.send(deliveryJobs(subscriptions, job));
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused deliveries");
  if (last === undefined) return;
  const left = await deps.next.send([{ ...job, after: last }]);
  if (left.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused the next page");
}
