import type { Webhook } from "../../../shared/contract/webhook.ts";
import { DeleteDialog } from "../../parts/delete-dialog.tsx";
import { goTo } from "../../state/address/navigation.ts";
import { hookcast } from "../../state/hookcast.ts";

interface DeleteWebhookProps {
  webhook: Webhook;
  etag: string | undefined;
  onClose: () => void;
}

export function DeleteWebhook({ webhook: { id }, etag, onClose }: DeleteWebhookProps) {
  const remove = async () => {
    await hookcast().deleteWebhook(id, { headers: { "if-match": etag } });
    const { cacheName, webhookName } = id;
    goTo({ screen: "webhooks", cacheName }, `${webhookName} is deleted.`);
  };
  return (
    <DeleteDialog name={id.webhookName} onDelete={remove} onClose={onClose}>
      Nothing more is delivered to it, and its secret is lost. A new webhook of this name gets
      another secret. The log stays until it expires.
    </DeleteDialog>
  );
}
