import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { isSuspendedWithCache } from "../../../shared/contract/values/suspended.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";

const reasons = {
  gone: "The receiver answered 410 Gone, so the service switched the webhook off.",
  failing: "Every attempt failed for days, so the service switched the webhook off.",
} as const;

interface StatusNoticeProps {
  webhook: Webhook;
  health: WebhookHealth | undefined;
}

/** What it means that a webhook is not active, and what to do. Its health hears first of a suspension. */
export function StatusNotice({ webhook, health }: StatusNoticeProps) {
  const isSuspended = webhook.cacheStatus || (health && isSuspendedWithCache(health));
  return (
    <>
      {isSuspended && <SuspensionNotice cacheName={webhook.id.cacheName} />}
      {webhook.webhookStatus !== "active" && <InactiveNotice webhook={webhook} />}
    </>
  );
}

/** An operator has stopped the whole cache. */
function SuspensionNotice({ cacheName }: { cacheName: string }) {
  return (
    <div class="notice warn">
      <p>
        <strong>The cache {cacheName} is suspended.</strong> Nothing is posted, and nothing can be
        published or tested. Accepted messages wait. An operator can resume the cache:{" "}
        <code>hookcast caches resume</code>
      </p>
    </div>
  );
}

function InactiveNotice({ webhook: { statusReason } }: { webhook: Webhook }) {
  return (
    <div class="notice warn">
      <p>
        <strong>{statusReason ? reasons[statusReason] : "The webhook is switched off."}</strong>{" "}
        Messages are neither delivered to it nor queued. After you switch it on again, “Recover” can
        send what it missed.
      </p>
    </div>
  );
}
