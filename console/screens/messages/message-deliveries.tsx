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

interface MessageDeliveriesProps {
  cacheName: string;
  messageId: string;
}

/** How the message fared at each webhook; those that are chosen are sent again together. */
export function MessageDeliveries({ cacheName, messageId }: MessageDeliveriesProps) {
  const loaded = useMessageDeliveries(cacheName, messageId);
  const chosen = useChosen();
  const { isBusy, error, run } = useAction();
  const send = () =>
    run(async () => {
      const answers = await Promise.all(
        [...chosen.ids].map((webhookId) => hookcast().retryDelivery({ webhookId, messageId })),
      );
      const held = answers.filter((answer) => answer.held).length;
      chosen.clear();
      announce(sentText(answers.length, held));
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
