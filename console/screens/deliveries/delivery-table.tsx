import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { Badge } from "../../parts/badge.tsx";
import { When } from "../../parts/when.tsx";
import { failureReason } from "../../state/deliveries/failure-reason.ts";
import { hrefTo } from "../../state/route.ts";

interface DeliveryTableProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
}

export function DeliveryTable({ webhookId, deliveries }: DeliveryTableProps) {
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Message</th>
          <th scope="col">Published</th>
          <th scope="col">Event</th>
          <th scope="col">Status</th>
          <th scope="col">Attempts</th>
          <th scope="col">Next attempt</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row key={delivery.messageId} webhookId={webhookId} delivery={delivery} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ webhookId, delivery }: { webhookId: string; delivery: DeliverySummary }) {
  const { messageId, publishedTime, event, status, error, attemptCount, nextAttemptTime } =
    delivery;
  return (
    <tr>
      <th scope="row" data-label="Message">
        <a class="id" href={hrefTo({ screen: "delivery", webhookId, messageId })}>
          {messageId}
        </a>
      </th>
      <td data-label="Published">
        <When time={publishedTime} />
      </td>
      <td data-label="Event">{event ?? <span class="quiet">none</span>}</td>
      <td data-label="Status">
        <Badge status={status} />
        {error !== null && <span class="hint"> {failureReason(error)}</span>}
      </td>
      <td data-label="Attempts">{attemptCount}</td>
      <td data-label="Next attempt">
        {nextAttemptTime === null ? (
          <span class="quiet">none</span>
        ) : (
          <When time={nextAttemptTime} />
        )}
      </td>
    </tr>
  );
}
