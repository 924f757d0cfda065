import { useSignal } from "@preact/signals";
import { Icon } from "../../../console/parts/icon.tsx";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { t } from "../../language/language.ts";
import { TestAnswer } from "../../parts/test-answer.tsx";
import { WorkButton } from "../../parts/work-button.tsx";

/** One event to the customer's server, now and without a retry, and what came back. */
export function TestEvent({ webhookId }: { webhookId: string }) {
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const send = async () => {
    answer.value = undefined;
    answer.value = await hookcast().testWebhook({ webhookId });
    return undefined;
  };
  return (
    <section class="card stack" aria-labelledby="test">
      <h2 id="test">{t("test.title")}</h2>
      <p class="quiet">{t("test.text")}</p>
      <div class="actions">
        <WorkButton work={send} busy={t("test.waiting")}>
          <Icon name="send" />
          {t("test.send")}
        </WorkButton>
      </div>
      {answer.value && <TestAnswer answer={answer.value} />}
    </section>
  );
}
