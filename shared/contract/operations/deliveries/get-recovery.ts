import * as z from "zod/mini";
import { Recovery } from "../../recovery.ts";
import type { Route } from "../../route.ts";
import { JobId, WebhookId } from "../../values/ids.ts";

export const getRecovery = {
  id: "getRecovery",
  method: "GET",
  path: "/api/v1/Webhooks/{webhookId}/recover/{jobId}",
  tag: "webhooks",
  permission: "read",
  portal: "open",
  params: z.object({ webhookId: WebhookId, jobId: JobId }),
  statuses: [200],
  refusals: [404],
  response: Recovery,
  summary: "Get the progress of a recovery",
  description:
    "`matched` counts the deliveries found so far, and `enqueued` those that were sent. " +
    "`enqueued` stays lower if a message is no longer stored or was attempted meanwhile. " +
    "`stopped` means that the webhook was deleted or became inactive, or that the queue refused " +
    "the first step. It also means that another recovery replaced one without progress for an " +
    "hour, or for five minutes before its first step.",
  example: {
    response: {
      state: "running",
      matched: 1200,
      enqueued: 1100,
      startedTime: "2024-01-24T21:20:28Z",
      endedTime: null,
    },
  },
} as const satisfies Route;
