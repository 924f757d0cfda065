import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { WebhookId } from "../../values/ids.ts";
import { HopHeaders } from "../../values/publish-headers.ts";

/** What came back from a test event. */
export const TestWebhookResponse = z.object({
  delivered: z.boolean(),
  statusCode: z.optional(z.int()),
  latencyMs: z.int(),
  error: z.optional(z.string()),
  responseBody: z.optional(z.string()),
});
export type TestWebhookResponse = z.infer<typeof TestWebhookResponse>;

export const testWebhook = {
  id: "testWebhook",
  method: "POST",
  path: "/api/v1/Webhooks/{webhookId}/test",
  tag: "webhooks",
  permission: "resend",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  headers: HopHeaders,
  statuses: [200],
  refusals: [404, 409],
  response: TestWebhookResponse,
  summary: "Send a test event",
  description:
    "Sends one signed hookcast.test event now, without a retry, also to an inactive webhook, and " +
    "returns the receiver's answer. It waits at most 10 seconds, whatever the webhook's " +
    "time-out. A key can send one a second, or five at once. Beyond that the answer is 429 with " +
    "`retry-after`.",
  example: { response: { delivered: true, statusCode: 200, latencyMs: 48, responseBody: "ok" } },
} as const satisfies Route;
