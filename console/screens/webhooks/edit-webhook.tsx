import { AsyncContent } from "../../parts/async-content.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { goTo } from "../../state/address/navigation.ts";
import { hrefTo } from "../../state/address/route.ts";
import { hookcast } from "../../state/hookcast.ts";
import { savedChanges } from "../../state/webhooks/saved-changes.ts";
import { settingChanges } from "../../state/webhooks/setting-changes.ts";
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
              const put = { ...webhook.id, ...fields };
              const { webhook: saved } = await hookcast().putWebhook(put, { headers });
              const changes = settingChanges(webhook, saved);
              savedChanges.value = { webhookId, changes, savedTime: saved.lastModifiedTime };
              goTo({ screen: "webhook", webhookId }, "The changes are saved.");
            }}
          />
        )}
      </AsyncContent>
    </Page>
  );
}
