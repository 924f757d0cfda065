import { changeWebhook } from "../../domain/webhooks/change-webhook.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { type RetryDeps, retryOnConflict } from "../../store/table/retry-on-conflict.ts";
import type { WebhookStore } from "../../store/webhooks/webhook-store.ts";
import type { WebhookWriter } from "../../store/webhooks/webhook-writer.ts";
import type { Announcer } from "../events/announcer.ts";

export interface SwitchOffDeps extends RetryDeps {
  readonly webhooks: Pick<WebhookStore, "find">;
  readonly writer: Pick<WebhookWriter, "replace">;
  readonly announcer: Pick<Announcer, "disabled">;
  readonly now: () => number;
}

/**
 * Makes a webhook inactive for the reason given, but only in the version that was tried: a verdict on the
 * old URL says nothing of one that was repaired meanwhile.
 */
export async function switchOff(
  tried: WebhookRecord,
  statusReason: "gone" | "failing",
  deps: SwitchOffDeps,
): Promise<void> {
  const { webhooks, writer, announcer, now } = deps;
  const result = await retryOnConflict(async () => {
    const current = await webhooks.find(tried.cacheName, tried.webhookName);
    if (current?.webhookId !== tried.webhookId || current.version !== tried.version)
      return "changed";
    return writer.replace(
      current,
      changeWebhook(current, { status: "inactive", statusReason }, now()),
    );
  }, deps);
  if (result === "written") await announcer.disabled(tried, statusReason);
}
