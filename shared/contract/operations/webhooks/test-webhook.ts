import * as z from "zod/mini";
import type { Route } from "../../route.ts";
import { EventCode } from "../../values/event.ts";
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

const place = "must be a whole number from 0 to 9";

/** What to send in place of a test event. */
const TestBody = z.optional(
  z
    .strictObject({
      event: z.optional(EventCode),
      example: z.optional(
        z
          .int(place)
          .check(
            z.minimum(0, place),
            z.maximum(9, place),
            z.describe("Which example of the event type, from 0 on. Default: 0."),
          ),
      ),
    })
    .check(
      z.check(({ value, issues }) => {
        if (value.example === undefined || value.event !== undefined) return;
        const message = "is required, since it is an example of that event";
        issues.push({ code: "custom", path: ["event"], message, input: value });
      }),
    ),
);

export const testWebhook = {
  id: "testWebhook",
  method: "POST",
  path: "/api/v1/Webhooks/{webhookId}/test",
  tag: "webhooks",
  permission: "resend",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  headers: HopHeaders,
  body: TestBody,
  statuses: [200],
  refusals: [404, 409],
  response: TestWebhookResponse,
  summary: "Send a test event",
  description:
    "Sends one signed hookcast.test event now, without a retry, also to an inactive webhook, and " +
    "returns the receiver's answer. With `event`, it sends an example of that event type of the " +
    "webhook's topic instead, whatever events and filter the webhook has. The header " +
    "`webhook-test: true` marks it. It waits at most 10 seconds, whatever the webhook's " +
    "time-out. A key can send one a second, or five at once. Beyond that the answer is 429 with " +
    "`retry-after`.",
  example: {
    body: { event: "invoice.paid" },
    response: { delivered: true, statusCode: 200, latencyMs: 48, responseBody: "ok" },
  },
} as const satisfies Route;
