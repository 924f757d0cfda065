import type { PutWebhookBody } from "../../contract/operations/webhooks/put-webhook.ts";
import type { CustomHeaders } from "../../contract/values/custom-headers.ts";
import { assertFormatFits } from "./alert-formats.ts";
import { urlSent } from "./masking.ts";
import { signingFrom } from "./signing-settings.ts";
import type { WebhookRecord } from "./webhook-record.ts";

type Settings = Pick<
  WebhookRecord,
  | "topicName"
  | "url"
  | "productId"
  | "events"
  | "format"
  | "timeoutSeconds"
  | "maxPerSecond"
  | "signatures"
  | "standardSignature"
  | "asymmetric"
  | "metaHeaders"
  | "filter"
>;

const defaults = { productId: null, events: [], format: "standard", timeoutSeconds: 15 } as const;

/** What a put asks for; what it does not say stays as it was, or takes the default on a new webhook. */
export function settingsFrom(body: PutWebhookBody, previous: WebhookRecord | undefined): Settings {
  const { productId, events, format, timeoutSeconds } = previous ?? { ...defaults, events: [] };
  const settings = {
    topicName: body.topicName,
    url: urlSent(body.destination.postUrl, previous, "destination.postUrl"),
    productId: body.productId === undefined ? productId : body.productId,
    events: body.events ?? events,
    format: body.config?.format ?? format,
    timeoutSeconds: body.config?.timeoutSeconds ?? timeoutSeconds,
    maxPerSecond: limitSent(body.config?.maxPerSecond, previous),
    ...signingFrom(body.config, previous),
    filter: filterSent(body.config?.filter, previous),
  };
  assertFormatFits(settings, body.config?.format);
  return settings;
}

/** The rate that holds from now on: undefined when it was taken away, or there was none. */
export function limitSent(
  sent: number | null | undefined,
  previous: WebhookRecord | undefined,
): number | undefined {
  return sent === undefined ? previous?.maxPerSecond : (sent ?? undefined);
}

/** The filter from now on, as it is stored; null takes it away. */
export function filterSent(
  sent: object | null | undefined,
  previous: WebhookRecord | undefined,
): string | undefined {
  if (sent === undefined) return previous?.filter;
  return sent === null ? undefined : JSON.stringify(sent);
}

/** The one map behind the two names that a request may use; undefined when neither was sent. */
export function headersSent(
  config: { customHeader?: CustomHeaders; customHeaders?: CustomHeaders } | undefined,
): CustomHeaders | undefined {
  return config?.customHeaders ?? config?.customHeader;
}
