import type { PutWebhookResponse } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { t } from "../../language/language.ts";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { titleOf } from "../../state/endpoints.ts";
import { hrefTo } from "../../state/paths.ts";
import { Secret } from "../endpoint/secret.tsx";
import { TestEvent } from "../endpoint/test-event.tsx";

/** What comes next: the secret is needed now, and a test shows that all is well. */
export function AddedEndpoint({ added }: { added: PutWebhookResponse }) {
  const { webhook, webhookId, secretString } = added;
  return (
    <ScreenFrame
      title={titleOf(webhook)}
      up={{ href: hrefTo({ screen: "endpoints" }), name: t("app.endpoints") }}
      actions={
        <a class="button plain" href={hrefTo({ screen: "endpoint", webhookId })}>
          {t("endpoint.deliveries")}
        </a>
      }
    >
      <div class="notice good" role="status">
        <p>
          <strong>{t("endpoint.created")}</strong> {t("endpoint.createdText")}
        </p>
      </div>
      <div class="halves">
        <Secret endpoint={webhook} known={secretString} />
        <TestEvent endpoint={added.webhook} />
      </div>
    </ScreenFrame>
  );
}
