import { useSignal } from "@preact/signals";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { KnownWebhook } from "../../../console/state/webhooks/known-webhook.ts";
import { t } from "../../language/language.ts";
import { WorkButton } from "../../parts/work-button.tsx";
import { goTo } from "../../state/route.ts";

interface DangerZoneProps {
  known: KnownWebhook;
  onChanged: () => Promise<void>;
}

/** What keeps events from arriving: switching off, for a while, and deleting, for good. */
export function DangerZone({ known: { webhook, etag }, onChanged }: DangerZoneProps) {
  const isSure = useSignal(false);
  const { webhookId, webhookStatus } = webhook;
  const isActive = webhookStatus === "active";
  const switchOver = async () => {
    const wanted = isActive ? "inactive" : "active";
    await hookcast().updateWebhookStatus({ webhookId, webhookStatus: wanted });
    await onChanged();
    return undefined;
  };
  const remove = async () => {
    await hookcast().deleteWebhook(webhook.id, { headers: { "if-match": etag } });
    goTo({ screen: "endpoints" });
    return undefined;
  };
  return (
    <section class="card stack" aria-labelledby="danger">
      <h2 id="danger">{t(isActive ? "danger.offTitle" : "danger.onTitle")}</h2>
      <p class="quiet">{t(isActive ? "danger.offText" : "danger.onText")}</p>
      <div class="actions">
        <WorkButton work={switchOver}>{t(isActive ? "danger.off" : "danger.on")}</WorkButton>
        {!isSure.value && (
          <button type="button" class="plain danger" onClick={() => (isSure.value = true)}>
            {t("danger.delete")}
          </button>
        )}
      </div>
      {isSure.value && (
        <div class="notice bad" role="alert">
          <p>
            <strong>{t("danger.sure")}</strong>
          </p>
          <div class="actions">
            <WorkButton kind="danger" work={remove}>
              {t("danger.yes")}
            </WorkButton>
            <button type="button" class="plain" onClick={() => (isSure.value = false)}>
              {t("app.cancel")}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
