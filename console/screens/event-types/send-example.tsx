import { useSignal } from "@preact/signals";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useAction } from "../../state/action.ts";
import type { DescribedEvent } from "../../state/event-types/catalogue.ts";
import { hookcast } from "../../state/hookcast.ts";
import { useLoaded } from "../../state/loaded.ts";
import { TestAnswer } from "../webhooks/test-event.tsx";

/** More than anybody picks from a list. */
const most = 100;

/** Webhooks are asked for only when somebody wants to send. */
export function SendExample({ type }: { type: DescribedEvent }) {
  const isOpen = useSignal(false);
  return (
    <details onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>Send an example to a webhook</summary>
      {isOpen.value && <Sending type={type} />}
    </details>
  );
}

function Sending({ type: { topicName, event, examples } }: { type: DescribedEvent }) {
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const chosen = useSignal<string | undefined>(undefined);
  const example = useSignal(0);
  const { isBusy, error, run } = useAction();
  const loaded = useLoaded(topicName, async (signal) => {
    const input = { topicName, limit: most };
    return (await hookcast().call("listAllWebhooks", input, { signal })).response.webhooks;
  });
  const send = (webhookId: string) =>
    run(async () => {
      answer.value = undefined;
      answer.value = await hookcast().testWebhook({ webhookId, event, example: example.value });
    });
  return (
    <AsyncContent loaded={loaded} what="webhooks">
      {([first, ...others]) =>
        first === undefined ? (
          <p class="quiet">No webhook listens to the topic {topicName}.</p>
        ) : (
          <div class="stack">
            <Field label="Webhook">
              {(ties) => (
                <select
                  {...ties}
                  onChange={(change) => (chosen.value = change.currentTarget.value)}
                >
                  {[first, ...others].map(({ webhookId, id }) => (
                    <option key={webhookId} value={webhookId}>
                      {id.cacheName} / {id.webhookName}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {examples.length > 1 && (
              <Field label="Example">
                {(ties) => (
                  <select
                    {...ties}
                    onChange={(change) => (example.value = Number(change.currentTarget.value))}
                  >
                    {examples.map((_, index) => (
                      <option key={index} value={index}>
                        {index + 1}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            )}
            <div class="actions">
              <button
                type="button"
                class="plain"
                aria-busy={isBusy}
                onClick={() => send(chosen.value ?? first.webhookId)}
              >
                <Icon name="send" />
                {isBusy ? "Waiting for the receiver…" : "Send this example"}
              </button>
            </div>
            <p class="hint">
              It goes to this webhook alone, now and without a retry. The header{" "}
              <code>webhook-test</code> marks it.
            </p>
            {error !== undefined && <Failure error={error} />}
            {answer.value && <TestAnswer answer={answer.value} />}
          </div>
        )
      }
    </AsyncContent>
  );
}
