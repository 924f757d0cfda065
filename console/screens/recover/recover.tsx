import { useSignal } from "@preact/signals";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Breadcrumbs } from "../../parts/breadcrumbs.tsx";
import { Page } from "../../parts/page.tsx";
import { useWebhook } from "../../state/webhooks/webhook.ts";
import { RecoverForm } from "./recover-form.tsx";
import { RecoveryProgress } from "./recovery-progress.tsx";

/** Sends many deliveries again: how many would it be, and then how far is it. */
export function Recover({ webhookId }: { webhookId: string }) {
  const loaded = useWebhook(webhookId);
  const jobId = useSignal<string | undefined>(undefined);
  const webhook = loaded.value?.webhook;
  return (
    <Page title="Recover deliveries" trail={webhook && <Breadcrumbs webhook={webhook} isThrough />}>
      <AsyncContent loaded={loaded} what="the webhook">
        {() => (
          <div class="narrow stack">
            <RecoverForm webhookId={webhookId} onRunning={(id) => (jobId.value = id)} />
            {jobId.value && (
              <RecoveryProgress key={jobId.value} webhookId={webhookId} jobId={jobId.value} />
            )}
          </div>
        )}
      </AsyncContent>
    </Page>
  );
}
