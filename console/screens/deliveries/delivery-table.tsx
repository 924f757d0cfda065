import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { Badge } from "../../parts/badge.tsx";
import { CutText } from "../../parts/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { failureReason } from "../../state/deliveries/failure-reason.ts";

interface DeliveryTableProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
  /** The messages that are chosen to be sent again. */
  chosen: ReadonlySet<string>;
  onToggle: (messageId: string) => void;
}

export function DeliveryTable({ deliveries, ...others }: DeliveryTableProps) {
  return (
    <table class="rows deliveries">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Choose</span>
          </th>
          <th scope="col">Message</th>
          <th scope="col">Event</th>
          <th scope="col">Published</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">
            Attempts
          </th>
          <th scope="col">Last result</th>
          <th scope="col">Next attempt</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row key={delivery.messageId} delivery={delivery} {...others} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Omit<DeliveryTableProps, "deliveries"> & { delivery: DeliverySummary };

function Row({ webhookId, delivery, chosen, onToggle }: RowProps) {
  const { messageId, publishedTime, event, status, attemptCount, nextAttemptTime } = delivery;
  return (
    <tr>
      <td class="choose">
        {status === "failed" && (
          <input
            type="checkbox"
            aria-label={`Choose ${messageId}`}
            checked={chosen.has(messageId)}
            onChange={() => onToggle(messageId)}
          />
        )}
      </td>
      <th scope="row" data-label="Message">
        <a class="id" href={hrefTo({ screen: "delivery", webhookId, messageId })} data-row>
          {messageId}
        </a>
      </th>
      <td data-label="Event" class="event">
        {event === null ? <span class="quiet">—</span> : <CutText text={String(event)} />}
      </td>
      <td data-label="Published">
        <When time={publishedTime} />
      </td>
      <td data-label="Status">
        <Badge status={status} />
      </td>
      <td data-label="Attempts" class="number">
        <span>{attemptCount}</span>
      </td>
      <td data-label="Last result" class="result">
        <LastResult delivery={delivery} />
      </td>
      <td data-label="Next attempt">
        {nextAttemptTime === null ? (
          <span class="quiet">—</span>
        ) : (
          <When time={nextAttemptTime} isAgo />
        )}
      </td>
    </tr>
  );
}

/** The code and how long it took, or why there is none. */
function LastResult({
  delivery: { lastStatusCode, latencyMs, error },
}: {
  delivery: DeliverySummary;
}) {
  const result = lastStatusCode === null ? error && failureReason(error) : String(lastStatusCode);
  if (!result) return <span class="quiet">—</span>;
  return (
    <span>
      <CutText text={result} />
      {latencyMs !== null && <span class="quiet"> · {latencyMs} ms</span>}
    </span>
  );
}
