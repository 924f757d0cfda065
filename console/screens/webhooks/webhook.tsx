import { AsyncContent } from "../../parts/async-content.tsx";
import { Badge } from "../../parts/badge.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { hrefTo } from "../../state/route.ts";
import { useWebhook } from "../../state/webhooks/webhook.ts";
import { Deliveries } from "../deliveries/deliveries.tsx";
import { DangerZone } from "./danger-zone.tsx";
import { StatusNotice } from "./status-notice.tsx";
import { TestEvent } from "./test-event.tsx";
import { WebhookFacts } from "./webhook-facts.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

export function WebhookScreen({ webhookId }: { webhookId: string }) {
  const loaded = useWebhook(webhookId);
  const webhook = loaded.value?.webhook;
  const actions = webhook && (
    <>
      <a
        class="button"
        href={hrefTo({ screen: "publish", ...webhook.id, topicName: webhook.topicName })}
      >
        Publish a message
      </a>
      <a class="button plain" href={hrefTo({ screen: "recover", webhookId })}>
        Recover
      </a>
      <a class="button plain" href={hrefTo({ screen: "edit webhook", webhookId })}>
        Edit
      </a>
    </>
  );
  return (
    <Page
      title={webhook?.id.webhookName ?? "Webhook"}
      trail={webhook && <Breadcrumbs webhook={webhook} />}
      aside={webhook && <Badge status={webhook.webhookStatus} />}
      actions={actions}
    >
      <AsyncContent loaded={loaded} what="the webhook">
        {({ webhook, etag }) => (
          <>
            <StatusNotice webhook={webhook} />
            <div class="columns">
              <Deliveries webhookId={webhookId} />
              <div class="side">
                <WebhookFacts webhook={webhook} />
                <TestEvent webhookId={webhookId} />
                <WebhookSecret {...webhook.id} onChanged={loaded.reload} />
                <DangerZone webhook={webhook} etag={etag} onChanged={loaded.reload} />
              </div>
            </div>
          </>
        )}
      </AsyncContent>
    </Page>
  );
}
