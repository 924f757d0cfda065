import * as z from "zod/mini";
import { Held } from "../../health.ts";
import { RecoveryMode, StatusClass } from "../../recovery.ts";
import type { Route } from "../../route.ts";
import { EventCode } from "../../values/event.ts";
import { JobId, MessageId, WebhookId } from "../../values/ids.ts";
import { HopHeaders } from "../../values/publish-headers.ts";
import { momentOf } from "../../values/time.ts";
import * as samples from "../samples.ts";

/** `since` is inclusive, `until` exclusive; both by the time of the publish. */
export const RecoverBody = z.strictObject({
  since: z.optional(
    momentOf("Only messages published at this time or later; required without messageIds."),
  ),
  until: z.optional(
    momentOf(
      "Only messages published before this time (default: now, or 15 minutes ago for `missing`).",
    ),
  ),
  mode: RecoveryMode.check(z.describe("Which deliveries to send again.")),
  messageIds: z.optional(
    z
      .array(MessageId)
      .check(
        z.minLength(1, "must have at least one id"),
        z.maxLength(100, "must have at most 100 ids"),
        z.describe("Only these messages."),
      ),
  ),
  event: z.optional(EventCode),
  statusClass: z.optional(StatusClass),
  dryRun: z.optional(z.boolean().check(z.describe("Only counts what would be sent."))),
});
export type RecoverBody = z.infer<typeof RecoverBody>;

export const RecoverResponse = z.object({ jobId: JobId, held: Held });
export type RecoverResponse = z.infer<typeof RecoverResponse>;

export const recoverDeliveries = {
  id: "recoverDeliveries",
  method: "POST",
  path: "/api/v1/Webhooks/{webhookId}/recover",
  tag: "webhooks",
  permission: "resend",
  portal: "open",
  params: z.object({ webhookId: WebhookId }),
  headers: HopHeaders,
  body: RecoverBody,
  statuses: [202],
  refusals: [404, 409],
  response: RecoverResponse,
  summary: "Send many deliveries again",
  description:
    "Starts a recovery of messages published in the window, oldest first, at the deployment's rate " +
    "(recoverRate, 100 deliveries a second). `failed` sends deliveries that have failed, each as a new " +
    "generation of attempts. `missing` sends kept messages of the webhook's topic that it wants now and " +
    "of which it has no delivery: published before it was put, while it was inactive, or lost. Messages " +
    "older than seven days are past the life of a delivery and are left out. messageIds, event and statusClass (of " +
    "the last attempt of what has failed) narrow it down, and all must fit. getRecovery tells how far " +
    "it is; with dryRun it counts and sends nothing. It stops when the webhook is deleted or inactive. One recovery " +
    "of a webhook runs at a time, dry runs included: meanwhile the answer is 409, which names the running one in " +
    "`details` under `jobId`. A cache runs at most five at once; beyond that the answer is 429.",
  example: {
    body: { since: "2024-01-24T18:00:00Z", until: "2024-01-24T20:00:00Z", mode: "failed" },
    response: { jobId: samples.jobId },
  },
} as const satisfies Route;
