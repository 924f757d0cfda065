import { publish, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import type { Receiver } from "../../support/network/receiver.ts";
import type { ApiRequest } from "../../support/service/api.ts";
import type { FaultyRun } from "./faulty-run.ts";
import { subscribeProven } from "./subscribe-proven.ts";

export type WebhookCalls = ReturnType<typeof openWebhookCalls>;

/** What tests do to a webhook `w` of the topic `t`, one in each cache. */
export function openWebhookCalls(run: FaultyRun, receiver: Receiver) {
  const mustAnswer200 = async (request: ApiRequest) => {
    const { status, body } = await run.call(request);
    if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    async subscribeTo(cacheName: string) {
      const webhook = { cacheName, webhookName: "w", topicName: "t" };
      return { ...webhook, ...(await subscribeProven(run.call, receiver, webhook)) };
    },
    async put(cacheName: string, postUrl: string, config?: object): Promise<void> {
      const body = { destination: { postUrl }, topicName: "t", ...(config && { config }) };
      await mustAnswer200({ method: "PUT", path: webhookPath(cacheName, "w"), body });
    },
    async remove(cacheName: string): Promise<void> {
      await mustAnswer200({ method: "DELETE", path: webhookPath(cacheName, "w") });
    },
    async setStatus(webhookId: string, webhookStatus: "active" | "inactive"): Promise<void> {
      const path = `/api/v1/Webhooks/${webhookId}/status`;
      await mustAnswer200({ method: "PUT", path, body: { webhookStatus } });
    },
    async details(webhookId: string): Promise<string> {
      const path = `/api/v1/Webhooks/${webhookId}`;
      return JSON.stringify(await mustAnswer200({ method: "GET", path }));
    },
    publishMany: (cacheName: string, count: number) =>
      Promise.all(Array.from({ length: count }, () => publish(run.call, cacheName, "t", {}))),
    /** Waits until a message that was published just now has been delivered to another webhook. */
    async witnessed(cacheName: string): Promise<void> {
      const witness = { cacheName: `${cacheName}-witness`, webhookName: "w", topicName: "t" };
      const { path } = await subscribeProven(run.call, receiver, witness);
      const messageId = await publish(run.call, witness.cacheName, "t", {});
      await eventually(() => receiver.find(path, messageId));
    },
    async isIn(status: string, webhookId: string, messageId: string): Promise<boolean> {
      return (await run.operator.headOf(webhookId, messageId))?.status === status;
    },
  };
}
