import { useSignal } from "@preact/signals";
import type { PutWebhookResponse } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { SecretText } from "../../parts/text/secret-text.tsx";
import { hrefTo } from "../../state/address/route.ts";

/** The secret comes with the webhook, for it is needed at once. */
export function CreatedWebhook({ created }: { created: PutWebhookResponse }) {
  const { webhook, webhookId, secretString } = created;
  const isShown = useSignal(true);
  return (
    <Page title={`${webhook.id.webhookName} is created`} trail={<Breadcrumbs webhook={webhook} />}>
      <section class="card stack narrow" aria-labelledby="secret">
        <h2 id="secret">Give the receiver its secret</h2>
        <p>The receiver uses it to verify that a delivery is genuine. Store it safely.</p>
        {isShown.value ? (
          <SecretText secret={secretString} onHide={() => (isShown.value = false)} />
        ) : (
          <p class="quiet">It is hidden. The webhook’s page can reveal it again.</p>
        )}
        <div class="actions">
          <a class="button" href={hrefTo({ screen: "webhook", webhookId })}>
            Go to the webhook
          </a>
        </div>
      </section>
    </Page>
  );
}
