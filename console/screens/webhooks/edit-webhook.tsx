import { AsyncContent } from "../../parts/async-content.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { goTo } from "../../state/address/navigation.ts";
import { hrefTo } from "../../state/address/route.ts";
import { hookcast } from "../../state/hookcast.ts";
import { useWebhook } from "../../state/webhooks/webhook.ts";
import { WebhookForm } from "./webhook-form.tsx";

export function EditWebhook({ webhookId }: { webhookId: string }) {
  const loaded = useWebhook(webhookId);
  const known = loaded.value?.webhook;
  return (
    <Page title="Edit the webhook" trail={known && <Breadcrumbs webhook={known} isThrough />}>
      <AsyncContent loaded={loaded} what="the webhook">
        {({ webhook, etag }) => (
          <WebhookForm
            webhook={webhook}
            submitText="Save"
            cancelHref={hrefTo({ screen: "webhook", webhookId })}
            onSubmit={async (fields) => {
              // A put, for it alone can change the topic; the version keeps it from making a new webhook.
              const headers = { "if-match": etag };
              await hookcast().putWebhook({ ...webhook.id, ...fields }, { headers });
              goTo({ screen: "webhook", webhookId }, "The changes are saved.");
            }}
          />
        )}
      </AsyncContent>
    </Page>
  );
}
