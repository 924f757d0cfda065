import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { CacheName, WebhookName } from "../../values/names.ts";
import { Time } from "../../values/time.ts";
import * as samples from "../samples.ts";
import { WebhookSecret } from "./get-webhook-secret.ts";

const hours = "must be from 0 to 168";

/** How long what is replaced goes on signing. */
export const RotationBody = z.optional(
  z.strictObject({
    graceHours: z.optional(
      z.int("must be an integer").check(z.minimum(0, hours), z.maximum(168, hours)),
    ),
  }),
);

export const RotatedSecret = z.extend(WebhookSecret, { previousSecretExpiresTime: Time });
export type RotatedSecret = z.infer<typeof RotatedSecret>;

export const rotateWebhookSecret = {
  id: "rotateWebhookSecret",
  method: "POST",
  path: "/api/v1/caches/{cacheName}/webhooks/{webhookName}/secret/rotate",
  tag: "webhooks",
  permission: "secret",
  portal: "open",
  params: z.object({ cacheName: CacheName, webhookName: WebhookName }),
  body: RotationBody,
  statuses: [200],
  refusals: [404, 409],
  response: RotatedSecret,
  returnsSecret: true,
  summary: "Replace a webhook's secret",
  description:
    "The new secret is active at once. For graceHours (default: 24) deliveries are also signed " +
    "with the previous one, so that receivers can switch. Store the new secret safely.",
  example: {
    body: { graceHours: 24 },
    response: {
      secret: samples.secret,
      ...samples.names,
      previousSecretExpiresTime: "2024-01-25T18:20:28Z",
    },
  },
} as const satisfies Route;
