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
  params: z.object({ webhookId: WebhookId, jobId: JobId }),
  statuses: [200],
  refusals: [404],
  response: Recovery,
  summary: "Tell how far a recovery is",
  description:
    "`matched` counts the deliveries found so far, `enqueued` those of them that were sent: fewer while it " +
    "runs, and in the end where a message is no longer kept or was attempted meanwhile. `stopped` means " +
    "that the webhook was deleted or became inactive before the end, that the queue did not take the first step, or " +
    "that it made no progress for an hour (five minutes before its first step) and another recovery took its place.",
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
