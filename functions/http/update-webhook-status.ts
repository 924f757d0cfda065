import { routes } from "../../shared/contract/routes.ts";
import type { UpdateStatusResponse } from "../../shared/contract/webhook-operations.ts";
import { changeWebhook } from "../../shared/domain/change-webhook.ts";
import { requireMatch } from "../../shared/domain/precondition.ts";
import { entityTag } from "../../shared/domain/present-webhook.ts";
import { Answer } from "../../shared/runtime/answer.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import type { Input } from "../../shared/runtime/request.ts";
import { overtaken, untilWritten } from "../../shared/store/race.ts";
import { openWebhookStore, type WebhookStore } from "../../shared/store/webhook-store.ts";
import { webhookInScope } from "../../shared/store/webhook-view.ts";
import { openWebhookWriter, type WebhookWriter } from "../../shared/store/webhook-writer.ts";

const route = routes.updateWebhookStatus;

interface Deps {
  readonly webhooks: Pick<WebhookStore, "findById">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly now: () => number;
}

export async function updateWebhookStatus(
  { params, headers, body, caller }: Input<typeof route>,
  { webhooks, writer, now }: Deps,
): Promise<Answer<UpdateStatusResponse>> {
  const status = body.webhookStatus;
  const updated = await untilWritten(async () => {
    const webhook = await webhookInScope(params.webhookId, caller, webhooks);
    requireMatch(headers["if-match"], webhook);
    if (webhook.status === status) return webhook;
    const next = changeWebhook(webhook, { status, statusReason: undefined }, now());
    return (await writer.replace(webhook, next)) === overtaken ? overtaken : next;
  });
  const webhookStatus = status === "active" ? "Webhook is active." : "Webhook is inactive.";
  const value: UpdateStatusResponse = { webhookId: updated.webhookId, webhookStatus };
  return new Answer(value, { headers: { etag: entityTag(updated) } });
}

export const handler = endpoint(route, updateWebhookStatus, () => ({
  webhooks: openWebhookStore(),
  writer: openWebhookWriter(),
  now: Date.now,
}));
