import { useSignal } from "@preact/signals";
import { Icon } from "../../../console/parts/icon.tsx";
import type { DescribedEvent } from "../../../console/state/event-types/catalogue.ts";
import { hookcast } from "../../../console/state/hookcast.ts";
import { useLoaded } from "../../../console/state/loaded.ts";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { t } from "../../language/language.ts";
import { TestAnswer } from "../../parts/test-answer.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import { titleOf } from "../../state/endpoints.ts";
import { cacheName } from "../../state/session.ts";

interface SendExampleProps {
  type: DescribedEvent;
  /** Which of its examples, from 0 on. */
  example: number;
}

/** More than anybody picks from a list. */
const most = 100;

/** The example to one of the customer's endpoints, now and without a retry, and what came back. */
export function SendExample({ type: { topicName, event }, example }: SendExampleProps) {
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const chosen = useSignal<string | undefined>(undefined);
  const { value: endpoints } = useLoaded(topicName, async (signal) => {
    const input = { cacheName: cacheName(), topicName, limit: most };
    return (await hookcast().call("listWebhooks", input, { signal })).response.webhooks;
  });
  if (!endpoints) return null;
  const [first] = endpoints;
  if (!first) return <p class="hint">{t("events.sendNone")}</p>;
  const send = async () => {
    answer.value = undefined;
    const webhookId = chosen.value ?? first.webhookId;
    answer.value = await hookcast().testWebhook({ webhookId, event, example });
    return undefined;
  };
  return (
    <div class="stack tight">
      {endpoints.length > 1 && (
        <label class="inline-field">
          <span>{t("events.sendTo")}</span>
          <select onChange={(change) => (chosen.value = change.currentTarget.value)}>
            {endpoints.map((endpoint) => (
              <option key={endpoint.webhookId} value={endpoint.webhookId}>
                {titleOf(endpoint)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="actions">
        <WorkButton work={send} busy={t("test.waiting")}>
          <Icon name="send" />
          {t("events.send")}
        </WorkButton>
      </div>
      <p class="hint">{t("events.sendText")}</p>
      {answer.value && <TestAnswer answer={answer.value} />}
    </div>
  );
}
