import { useEffect } from "preact/hooks";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Badge } from "../../parts/badge.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { StateMark } from "../../parts/state-mark.tsx";
import { chosenTab, Tabs } from "../../parts/tabs.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { remember } from "../../state/recent.ts";
import { useHealth } from "../../state/webhooks/health.ts";
import { useWebhook } from "../../state/webhooks/webhook.ts";
import { StatsCharts } from "../charts/stats-charts.tsx";
import { Deliveries } from "../deliveries/deliveries.tsx";
import { DangerZone } from "./danger-zone.tsx";
import { HealthBanner } from "./health-banner.tsx";
import { SavedNotice } from "./saved-notice.tsx";
import { StatusNotice } from "./status-notice.tsx";
import { TestEvent } from "./test-event.tsx";
import { WebhookFacts } from "./webhook-facts.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

const tabs = { deliveries: "Deliveries", settings: "Settings", secret: "Secret" } as const;

export function WebhookScreen({ webhookId }: { webhookId: string }) {
  const loaded = useWebhook(webhookId);
  const { value: health, reload: reloadHealth } = useHealth(webhookId);
  const webhook = loaded.value?.webhook;
  useRemembered(webhook);
  const reloadAll = async () => {
    await Promise.all([loaded.reload(), reloadHealth()]);
  };
  return (
    <Page
      title={webhook?.id.webhookName ?? "Webhook"}
      trail={webhook && <Breadcrumbs webhook={webhook} />}
      aside={
        health ? (
          <StateMark state={health.state} />
        ) : (
          webhook && <Badge status={webhook.webhookStatus} />
        )
      }
      actions={webhook && <Actions webhook={webhook} />}
    >
      <AsyncContent loaded={loaded} what="the webhook">
        {({ webhook, etag }) => (
          <>
            <SavedNotice webhookId={webhookId} />
            <StatusNotice webhook={webhook} health={health} />
            {health && (
              <HealthBanner
                webhookId={webhookId}
                webhookName={webhook.id.webhookName}
                health={health}
                onChanged={reloadAll}
              />
            )}
            <Tabs label="Parts of the webhook" tabs={tabs} />
            {chosenTab(tabs) === "deliveries" && (
              <>
                <StatsCharts webhookId={webhookId} />
                <Deliveries webhookId={webhookId} />
              </>
            )}
            {chosenTab(tabs) === "settings" && (
              <div class="columns">
                <WebhookFacts webhook={webhook} />
                <div class="side">
                  <TestEvent webhookId={webhookId} />
                  <DangerZone webhook={webhook} etag={etag} onChanged={reloadAll} />
                </div>
              </div>
            )}
            {chosenTab(tabs) === "secret" && (
              <div class="narrow">
                <WebhookSecret {...webhook.id} onChanged={loaded.reload} />
              </div>
            )}
          </>
        )}
      </AsyncContent>
    </Page>
  );
}

function useRemembered(webhook: Webhook | undefined): void {
  const webhookId = webhook?.webhookId;
  useEffect(() => {
    if (!webhook) return;
    const route = { screen: "webhook", webhookId: webhook.webhookId } as const;
    remember({ kind: "webhook", name: webhook.id.webhookName, route });
  }, [webhookId]);
}

function Actions({ webhook }: { webhook: Webhook }) {
  const { webhookId, id, topicName } = webhook;
  return (
    <>
      <a class="button plain" href={hrefTo({ screen: "publish", ...id, topicName })}>
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
}
