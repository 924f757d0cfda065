import { useSignal } from "@preact/signals";
import { Icon } from "../../../console/parts/icon.tsx";
import type { EventType } from "../../../console/state/event-types/catalogue.ts";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { t } from "../../language/language.ts";
import { TestAnswer } from "../../parts/test-answer.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import { useEventTypes } from "../../state/event-types.ts";

/** One event to the customer's server, now and without a retry, and what came back. */
export function TestEvent({ endpoint: { webhookId, topicName } }: { endpoint: Webhook }) {
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const chosen = useSignal<EventType | undefined>(undefined);
  const { value: types = [] } = useEventTypes();
  const ours = types.filter((type) => type.topicName === topicName);
  const send = async () => {
    answer.value = undefined;
    if (chosen.value) {
      const { event } = chosen.value;
      const { examples } = await hookcast().getEventType({ topicName, event });
      if (examples.length === 0) return t("events.noExample");
      answer.value = await hookcast().testWebhook({ webhookId, event });
    } else {
      answer.value = await hookcast().testWebhook({ webhookId });
    }
    return undefined;
  };
  return (
    <section class="card stack" aria-labelledby="test">
      <h2 id="test">{t("test.title")}</h2>
      <p class="quiet">{t("test.text")}</p>
      {ours.length > 0 && (
        <label class="stack tight">
          <span>{t("test.what")}</span>
          <select onChange={(change) => (chosen.value = ours[Number(change.currentTarget.value)])}>
            <option value="-1">{t("test.plain")}</option>
            {ours.map(({ event }, index) => (
              <option key={event} value={index}>
                {t("test.example", { event: String(event) })}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen.value && <p class="hint">{t("events.sendText")}</p>}
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
