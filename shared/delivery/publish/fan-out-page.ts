import type { FanOutJob } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Subscription } from "../../domain/webhooks/webhook-record.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";
import { deliveryJobs, type TellDeps, tellFilterTroubles } from "./store-and-enqueue.ts";

export interface FanOutDeps extends TellDeps {
  readonly messages: TellDeps["messages"] & Pick<MessageStore, "find">;
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
  const value = await valueFor(subscriptions, job, deps);
  const { jobs, troubles } = deliveryJobs(subscriptions, job, value);
  const refused = await deps.deliveries.send(jobs);
  if (refused.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused deliveries");
  await tellFilterTroubles(job.message, troubles, deps);
  if (last === undefined) return;
  const left = await deps.fanOut.send([{ ...job, after: last }]);
  if (left.length > 0) throw new AppError("SERVER_UNAVAILABLE", "the queue refused the next page");
}

/** What filters look at: a long value is read where one of the page has a filter. */
async function valueFor(
  subscriptions: readonly Subscription[],
  { message, payload }: FanOutJob,
  { messages }: FanOutDeps,
): Promise<Payload | undefined> {
  if (payload || subscriptions.every(({ filter }) => filter === undefined)) return payload;
  const kept = await messages.find(message.cacheName, message.messageId);
  return kept?.payload;
}
