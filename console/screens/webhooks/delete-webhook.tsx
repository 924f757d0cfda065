import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Failure } from "../../parts/failure.tsx";
import { useAction } from "../../state/action.ts";
import { goTo } from "../../state/address/navigation.ts";
import { hookcast } from "../../state/hookcast.ts";

interface DeleteWebhookProps {
  webhook: Webhook;
  etag: string | undefined;
  onClose: () => void;
}

export function DeleteWebhook({ webhook: { id }, etag, onClose }: DeleteWebhookProps) {
  const { isBusy, error, run } = useAction();
  const remove = () =>
    run(async () => {
      await hookcast().deleteWebhook(id, { headers: { "if-match": etag } });
      const { cacheName, webhookName } = id;
      goTo({ screen: "webhooks", cacheName }, `${webhookName} is deleted.`);
    });
  return (
    <Dialog title={`Delete ${id.webhookName}?`} onClose={onClose}>
      <div class="stack">
        <p>
          Nothing more is delivered to it, and its secret is lost. A new webhook of this name gets
          another secret. The log stays until it expires.
        </p>
        {error !== undefined && <Failure error={error} />}
        <div class="actions end">
          <button type="button" class="plain" onClick={onClose}>
            Keep it
          </button>
          <button type="button" class="danger" aria-busy={isBusy} onClick={remove}>
            Delete
          </button>
        </div>
      </div>
    </Dialog>
  );
}
