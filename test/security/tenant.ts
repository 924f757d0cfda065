import * as z from "zod/mini";
import { createSession, publish, putWebhook, subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import type { Receiver } from "../support/network/receiver.ts";
import type { Api } from "../support/service/api.ts";

/** A cache with everything in it that an operation can name. */
export interface Tenant {
  /** A value for each parameter that a path may hold. */
  params: Record<string, string>;
  /** What nobody outside the cache may ever see. */
  marks: string[];
  /** Every id that its rows go by. */
  ids: string[];
  /** The path at the receiver that its deliveries go to. */
  path: string;
}

/** Parameters that find something by themselves. Names mean something only below a cache. */
export const references = ["cacheName", "webhookId", "messageId", "jobId", "sessionId"];

/** Both tenants use the same names below their caches, so that a mistaken cache would find something. */
const sameNames = { webhookName: "same-webhook", topicName: "same-topic" };

export async function settle(
  root: Api,
  receiver: Receiver,
  cacheName: string,
  names = sameNames,
): Promise<Tenant> {
  const subscription = { cacheName, ...names };
  const { path, webhookId, secretString } = await subscribe(root, receiver, subscription);
  const value = { mark: `value-of-${cacheName}-${names.topicName}` };
  const messageId = await publish(root, cacheName, names.topicName, value);
  await eventually(() => receiver.find(path, messageId));
  // A second of each, so that every list has a second page.
  const another = { ...subscription, webhookName: `${names.webhookName}-2`, postUrl: receiver.url };
  const { webhookId: otherId } = await putWebhook(root, another);
  const second = await publish(root, cacheName, names.topicName, value);
  await eventually(() => receiver.find(path, second));
  await eventually(async () => (await logged(root, webhookId)) === 2);
  await eventually(async () => (await logged(root, otherId)) === 1);
  await eventually(async () => (await counted(root, webhookId)) === 2);
  await eventually(async () => (await counted(root, otherId)) === 1);
  const jobId = await recover(root, webhookId);
  const { sessionId, token } = await createSession(root, cacheName);
  const type = { event: "same-event", document: "openapi.json" };
  const typePath = `/api/v1/event-types/${names.topicName}/${type.event}`;
  await root({ method: "PUT", path: typePath, body: {} });
  return {
    params: { cacheName, ...names, ...type, webhookId, messageId, jobId, sessionId },
    marks: [secretString, value.mark, receiver.url + path, token],
    ids: [webhookId, otherId, messageId, second, jobId, sessionId],
    path,
  };
}

const Log = z.object({ response: z.object({ deliveries: z.array(z.unknown()) }) });

/** How many deliveries the webhook's log has: it is written behind them. */
async function logged(root: Api, webhookId: string): Promise<number> {
  const path = `/api/v1/Webhooks/${webhookId}/deliveries`;
  return Log.parse((await root({ method: "GET", path })).body).response.deliveries.length;
}

const Stats = z.object({
  response: z.object({ buckets: z.array(z.object({ attempts: z.number() })) }),
});

/** How many attempts were counted: that is written behind them, too. */
async function counted(root: Api, webhookId: string): Promise<number> {
  const { body } = await root({ method: "GET", path: `/api/v1/Webhooks/${webhookId}/stats` });
  return Stats.parse(body).response.buckets.reduce((sum, { attempts }) => sum + attempts, 0);
}

const Recovery = z.object({ response: z.object({ jobId: z.string() }) });

const State = z.object({ response: z.object({ state: z.string() }) });

/** The id of a job that has ended. */
async function recover(root: Api, webhookId: string): Promise<string> {
  const answer = await root({
    method: "POST",
    path: `/api/v1/Webhooks/${webhookId}/recover`,
    body: { since: "2024-01-24T23:20:28Z", mode: "failed" },
  });
  const { jobId } = Recovery.parse(answer.body).response;
  const path = `/api/v1/Webhooks/${webhookId}/recover/${jobId}`;
  await eventually(async () => {
    return State.parse((await root({ method: "GET", path })).body).response.state === "completed";
  });
  return jobId;
}
