import { useSignal } from "@preact/signals";
import { Page } from "../parts/page.tsx";
import { Shown } from "../parts/shown.tsx";
import { Trail } from "../parts/trail.tsx";
import { useWebhook } from "../state/webhook.ts";
import { RecoverForm, type RecoveryWish } from "./recover-form.tsx";
import { RecoveryProgress } from "./recovery-progress.tsx";

interface StartedRecovery {
  readonly jobId: string;
  readonly wish: RecoveryWish;
}

/** Sends many deliveries again: how many would it be, and then how far is it. */
export function Recover({ webhookId }: { webhookId: string }) {
  const loaded = useWebhook(webhookId);
  const started = useSignal<StartedRecovery | undefined>(undefined);
  const webhook = loaded.value?.webhook;
  return (
    <Page title="Recover deliveries" trail={webhook && <Trail webhook={webhook} isThrough />}>
      <Shown loaded={loaded} what="the webhook">
        {() => (
          <div class="narrow stack">
            <RecoverForm
              webhookId={webhookId}
              onStarted={(jobId, wish) => (started.value = { jobId, wish })}
            />
            {started.value && (
              <RecoveryProgress
                key={started.value.jobId}
                webhookId={webhookId}
                jobId={started.value.jobId}
                isDryRun={started.value.wish.dryRun}
              />
            )}
          </div>
        )}
      </Shown>
    </Page>
  );
}
