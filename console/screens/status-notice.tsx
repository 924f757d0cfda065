import type { Webhook } from "../../shared/contract/webhook.ts";

const reasons = {
  gone: "The receiver answered that it is gone, so the service switched the webhook off.",
  failing: "Every attempt failed for days, so the service switched the webhook off.",
} as const;

/** What it means that a webhook is not active, and what to do. */
export function StatusNotice({ webhook: { webhookStatus, statusReason } }: { webhook: Webhook }) {
  if (webhookStatus === "active") return null;
  return (
    <div class="notice warn">
      <p>
        <strong>{statusReason ? reasons[statusReason] : "The webhook is switched off."}</strong>{" "}
        Messages are neither delivered to it nor queued for later. Once it is switched on again,
        “Recover” can send what it has missed.
      </p>
    </div>
  );
}
