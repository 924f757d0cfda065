import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName, WebhookName } from "../../values/names.ts";
import { AnySecret } from "../../values/secret.ts";
import * as samples from "../samples.ts";

export const WebhookSecret = z.object({
  secret: AnySecret,
  webhookName: WebhookName,
  cacheName: CacheName,
});
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const getWebhookSecret = {
  id: "getWebhookSecret",
  method: "GET",
  path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret",
  tag: "webhooks",
  permission: "secret",
  portal: "open",
  params: z.object({ cacheName: CacheName, webhookName: WebhookName }),
  statuses: [200],
  refusals: [404],
  response: WebhookSecret,
  returnsSecret: true,
  summary: "Get a webhook's secret",
  description:
    "The secret is essential for validating incoming webhook requests. Store it securely.",
  example: { response: { secret: samples.secret, ...samples.names } },
} as const satisfies Route;
