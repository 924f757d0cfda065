import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { Badge } from "../../parts/badge.tsx";
import { type Column, RowsTable } from "../../parts/tables/rows-table.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/address/route.ts";
import type { Chosen } from "../../state/deliveries/chosen.ts";
import { failureReason } from "../../state/deliveries/failure-reason.ts";

interface DeliveryTableProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
  /** The messages that are chosen to be sent again. */
  chosen: Chosen;
}

const nothing = <span class="quiet">—</span>;

export function DeliveryTable({ webhookId, deliveries, chosen }: DeliveryTableProps) {
  const columns: Column<DeliverySummary>[] = [
    {
      ...{ title: "Choose", isUnseen: true, class: "choose" },
      cell: ({ status, messageId }) =>
        status === "failed" && (
          <input
            type="checkbox"
            aria-label={`Choose ${messageId}`}
            checked={chosen.ids.has(messageId)}
            onChange={() => chosen.toggle(messageId)}
          />
        ),
    },
    {
      ...{ title: "Message", isHeading: true },
      cell: ({ messageId }) => (
        <a class="id" href={hrefTo({ screen: "delivery", webhookId, messageId })} data-row>
          {messageId}
        </a>
      ),
    },
    {
      ...{ title: "Event", class: "event" },
      cell: ({ event }) => (event === null ? nothing : <CutText text={String(event)} />),
    },
    { title: "Published", cell: ({ publishedTime }) => <When time={publishedTime} /> },
    { title: "Status", cell: ({ status }) => <Badge status={status} /> },
    {
      ...{ title: "Attempts", isNumber: true },
      cell: ({ attemptCount }) => <span>{attemptCount}</span>,
    },
    {
      ...{ title: "Last result", class: "result" },
      cell: (delivery) => <LastResult delivery={delivery} />,
    },
    {
      title: "Next attempt",
      cell: ({ nextAttemptTime: time }) => (time === null ? nothing : <When time={time} isAgo />),
    },
  ];
  return (
    <RowsTable
      class="deliveries"
      columns={columns}
      rows={deliveries}
      keyOf={({ messageId }) => messageId}
    />
  );
}

/** The code and how long it took, or why there is none. */
function LastResult({
  delivery: { lastStatusCode, latencyMs, error },
}: {
  delivery: DeliverySummary;
}) {
  const result = lastStatusCode === null ? error && failureReason(error) : String(lastStatusCode);
  if (!result) return nothing;
  return (
    <span>
      <CutText text={result} />
      {latencyMs !== null && <span class="quiet"> · {latencyMs} ms</span>}
    </span>
  );
}
