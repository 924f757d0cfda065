import type { Format } from "../../../shared/contract/values/webhook-values.ts";
import { idTimeMs } from "../../../shared/domain/ids.ts";
import { changeWebhook } from "../../../shared/domain/webhooks/webhook-record.ts";
import { openWebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import { openWebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";
import { webhookPath } from "../../support/calls.ts";
import { type Answer, type Delivery, startReceiver } from "../../support/network/receiver.ts";
import type { FaultyRun } from "./faulty-run.ts";

export const topicPath = (cacheName: string) => `/api/v1/caches/${cacheName}/topics/t`;

/** Puts the webhook `w` of the topic `t` with a key among its headers, and gives whatever is answered. */
export function putWithKey(run: FaultyRun, cacheName: string, postUrl: string) {
  const customHeaders = { authorization: `Bearer ${run.key}` };
  const body = { destination: { postUrl }, topicName: "t", config: { customHeaders } };
  return run.call({ method: "PUT", path: webhookPath(cacheName, "w"), body });
}

/** A webhook that posts to a path of the service itself, as one may that was put before this was refused. */
export async function subscribeService(
  run: FaultyRun,
  cacheName: string,
  path?: string,
  format: Format = "standard",
) {
  await putWithKey(run, cacheName, "https://a.example/");
  const webhook = await openWebhookStore().find(cacheName, "w");
  if (!webhook) throw new Error("the webhook was not put");
  const url = run.url + (path ?? topicPath(cacheName)).replace("{webhookId}", webhook.webhookId);
  await openWebhookWriter().replace(webhook, changeWebhook(webhook, { url, format }, Date.now()));
  return webhook;
}

/** A receiver that publishes whatever it gets, with the headers that it got, and takes no refusal amiss. */
export async function startRelay(run: FaultyRun, path: string, bodyOf = asItIs) {
  const answers: { status: number; hops: string | undefined; body: unknown }[] = [];
  const relay = await startReceiver({
    async handler(delivery): Promise<Answer> {
      const hops = delivery.headers["webhook-hops"];
      const body = bodyOf(delivery);
      const headers: Record<string, string> = hops === undefined ? {} : { "webhook-hops": hops };
      const answer = await run.call({ method: "POST", path, headers, body });
      answers.push({ status: answer.status, hops, body: answer.body });
      return { status: 200 };
    },
  });
  return { ...relay, answers };
}

function asItIs({ body }: Delivery): string {
  return body.toString();
}

/** How many of the messages were published in each minute. */
export function perMinute(messageIds: readonly string[]): number[] {
  const minutes = new Map<number, number>();
  for (const messageId of messageIds) {
    const minute = Math.floor(idTimeMs(messageId) / 60_000);
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  return [...minutes.values()];
}
