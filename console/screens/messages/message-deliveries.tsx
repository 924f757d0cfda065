import { useSignal } from "@preact/signals";
import type { RetryMessageResponse } from "../../../shared/contract/operations/messages/retry-message.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Badge } from "../../parts/badge.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Failure } from "../../parts/failure.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { useAction } from "../../state/action.ts";
import { hrefTo } from "../../state/address/route.ts";
import { announce } from "../../state/announcement.ts";
import { useChosen } from "../../state/deliveries/chosen.ts";
import {
  type MessageDelivery,
  useMessageDeliveries,
} from "../../state/deliveries/message-deliveries.ts";
import { hookcast } from "../../state/hookcast.ts";

type RetryResults = RetryMessageResponse["results"];

interface MessageDeliveriesProps {
  cacheName: string;
  messageId: string;
}

/** How the message fared at each webhook; those that are chosen are sent again together. */
export function MessageDeliveries({ cacheName, messageId }: MessageDeliveriesProps) {
  const loaded = useMessageDeliveries(cacheName, messageId);
  const chosen = useChosen();
  const refused = useSignal<RetryResults>([]);
  const { isBusy, error, run } = useAction();
  const nameOf = (id: string) =>
    loaded.value?.deliveries.find(({ webhookId }) => webhookId === id)?.id.webhookName ?? id;
  const send = () =>
    run(async () => {
      const webhookIds = [...chosen.ids];
      const { results } = await hookcast().retryMessage({ cacheName, messageId, webhookIds });
      const taken = results.filter((result) => !result.error);
      refused.value = results.filter((result) => result.error);
      chosen.clear();
      if (taken.length > 0)
        announce(sentText(taken.length, taken.filter(({ held }) => held).length));
      await loaded.reload();
    });
  return (
    <section class="card flush" aria-labelledby="webhooks">
      <div class="card-head">
        <h2 id="webhooks">Webhooks</h2>
        <button
          type="button"
          class="plain small"
          disabled={chosen.ids.size === 0}
          aria-busy={isBusy}
          onClick={send}
        >
          Send again ({chosen.ids.size})
        </button>
      </div>
      {error !== undefined && <Failure error={error} />}
      {refused.value.length > 0 && (
        <div class="notice bad" role="alert">
          <p>
            <strong>It is not sent again to:</strong>
          </p>
          <ul>
            {refused.value.map(({ webhookId, error }) => (
              <li key={webhookId}>
                <CutText text={nameOf(webhookId)} />: {error?.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <AsyncContent loaded={loaded} what="the deliveries">
        {({ deliveries, isCut }) =>
          deliveries.length === 0 ? (
            <Empty title="No webhook received this message.">
              <p>No webhook matched its topic and event when it was published.</p>
            </Empty>
          ) : (
            <>
              <ul class="choice-list">
                {deliveries.map((delivery) => (
                  <Row
                    key={delivery.webhookId}
                    delivery={delivery}
                    isChosen={chosen.ids.has(delivery.webhookId)}
                    onToggle={() => chosen.toggle(delivery.webhookId)}
                  />
                ))}
              </ul>
              {isCut && <p class="table-note">Only the first {deliveries.length} are shown.</p>}
            </>
          )
        }
      </AsyncContent>
    </section>
  );
}

function sentText(count: number, held: number): string {
  const sent = count === 1 ? "Queued again." : `${count} queued again.`;
  return held === 0
    ? sent
    : `${sent} ${held === count ? "All wait" : `${held} wait`}: deliveries of their webhook are paused.`;
}

interface RowProps {
  delivery: MessageDelivery;
  isChosen: boolean;
  onToggle: () => void;
}

function Row({ delivery, isChosen, onToggle }: RowProps) {
  const { webhookId, id, messageId, status, attemptCount, lastStatusCode, error } = delivery;
  const result = lastStatusCode === null ? error : String(lastStatusCode);
  return (
    <li>
      <input
        type="checkbox"
        aria-label={`Choose ${id.webhookName}`}
        checked={isChosen}
        onChange={onToggle}
      />
      <a href={hrefTo({ screen: "delivery", webhookId, messageId })} data-row>
        <CutText text={id.webhookName} />
      </a>
      <Badge status={status} />
      <span class="quiet number">
        {result ?? "—"}
        {attemptCount > 1 && ` ×${attemptCount}`}
      </span>
    </li>
  );
}
