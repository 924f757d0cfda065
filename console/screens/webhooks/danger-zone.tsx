import { useSignal } from "@preact/signals";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";
import { DeleteWebhook } from "./delete-webhook.tsx";

interface DangerZoneProps {
  webhook: Webhook;
  etag: string | undefined;
  onChanged: () => Promise<void>;
}

/** What keeps messages from arriving: switching off, for a while, and deleting, for good. */
export function DangerZone({ webhook, etag, onChanged }: DangerZoneProps) {
  const isDeleting = useSignal(false);
  const { isBusy, error, run } = useAction();
  const { webhookId, webhookStatus } = webhook;
  const isActive = webhookStatus === "active";
  const switchOver = () =>
    run(async () => {
      const wanted = isActive ? "inactive" : "active";
      await hookcast().updateWebhookStatus({ webhookId, webhookStatus: wanted });
      await onChanged();
      announce(isActive ? "The webhook is switched off." : "The webhook is switched on.");
    });
  return (
    <section class="card stack" aria-labelledby="danger">
      <h2 id="danger">{isActive ? "Switch off or delete" : "Switch on or delete"}</h2>
      <p class="quiet">
        {isActive
          ? "While it is off, messages are not queued for it, and waiting deliveries fail."
          : "Once it is on, new messages are delivered to it again."}
      </p>
      {error !== undefined && <Failure error={error} />}
      <div class="actions">
        <button
          type="button"
          class={isActive ? "plain" : ""}
          aria-busy={isBusy}
          onClick={switchOver}
        >
          {isActive ? "Switch off" : "Switch on"}
        </button>
        <button type="button" class="plain danger" onClick={() => (isDeleting.value = true)}>
          Delete…
        </button>
      </div>
      {isDeleting.value && (
        <DeleteWebhook webhook={webhook} etag={etag} onClose={() => (isDeleting.value = false)} />
      )}
    </section>
  );
}
