import { hookcast } from "../../console/state/hookcast.ts";
import type { PutWebhookResponse } from "../../shared/contract/operations/webhooks/put-webhook.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { cacheName } from "./session.ts";

/** What the form of an endpoint holds. */
export interface EndpointFields {
  readonly postUrl: string;
  /** Empty: the endpoint has no name. */
  readonly webhookName: string;
  readonly topicName: string;
  /** None: every event. */
  readonly events: readonly EventCode[];
  /** Null: whatever is in the event. */
  readonly filter: Filter | null;
}

type Filter = NonNullable<Webhook["config"]["filter"]>;

/** What somebody wrote as JSON; whether it is a filter, the service says. */
export function filterOf(text: string): Filter | null {
  return text.trim() === "" ? null : JSON.parse(text);
}

/** Names as somebody writes them down; digits are a code. */
export function eventsOf(text: string): EventCode[] {
  const names = text.split(/[\s,]+/).filter(Boolean);
  return names.map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}

export async function addEndpoint(fields: EndpointFields): Promise<PutWebhookResponse> {
  const { postUrl, webhookName, topicName, events, filter } = fields;
  const id = { cacheName: cacheName(), ...(webhookName !== "" && { webhookName }) };
  return await hookcast().createWebhook({
    ...{ id, topicName, destination: { postUrl } },
    events: [...events],
    ...(filter !== null && { config: { filter } }),
  });
}

/** What the form does not hold stays as it is; somebody else's change in between is refused. */
export async function changeEndpoint(
  { webhookId, productId, config }: Webhook,
  { postUrl, events, filter }: EndpointFields,
  etag?: string,
): Promise<Webhook> {
  const change = {
    ...{ webhookId, productId, events: [...events] },
    config: { ...config, url: postUrl, filter },
  };
  return await hookcast().updateWebhookDetails(change, { headers: { "if-match": etag } });
}

/** An endpoint that is there to be tested, and gets nothing until it is switched on. */
export async function addDraft(fields: EndpointFields): Promise<PutWebhookResponse> {
  const created = await addEndpoint(fields);
  const { webhookId } = created;
  await hookcast().updateWebhookStatus({ webhookId, webhookStatus: "inactive" });
  return created;
}
