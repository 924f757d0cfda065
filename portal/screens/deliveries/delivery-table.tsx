import { Badge } from "../../../console/parts/badge.tsx";
import { type Column, RowsTable } from "../../../console/parts/tables/rows-table.tsx";
import { CutText } from "../../../console/parts/text/cut-text.tsx";
import type { Chosen } from "../../../console/state/deliveries/chosen.ts";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { numberText, t } from "../../language/language.ts";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/paths.ts";
import { may } from "../../state/session.ts";

interface DeliveryTableProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
  /** The messages that are chosen to be sent again. */
  chosen: Chosen;
}

export function DeliveryTable({ webhookId, deliveries, chosen }: DeliveryTableProps) {
  return (
    <RowsTable
      class="deliveries"
      columns={[...(may("resend") ? [choosing(chosen)] : []), ...columnsOf(webhookId)]}
      rows={deliveries}
      keyOf={({ messageId }) => messageId}
    />
  );
}

function choosing(chosen: Chosen): Column<DeliverySummary> {
  return {
    ...{ title: t("delivery.resend"), isUnseen: true, class: "choose" },
    cell: ({ status, messageId, event }) =>
      status === "failed" && (
        <input
          type="checkbox"
          aria-label={t("deliveries.choose", { id: String(event ?? messageId) })}
          checked={chosen.ids.has(messageId)}
          onChange={() => chosen.toggle(messageId)}
        />
      ),
  };
}

function columnsOf(webhookId: string): Column<DeliverySummary>[] {
  return [
    {
      ...{ title: t("deliveries.event"), isHeading: true, class: "event" },
      cell: ({ messageId, event }) => (
        <a href={hrefTo({ screen: "delivery", webhookId, messageId })} data-row>
          <CutText text={String(event ?? messageId)} />
        </a>
      ),
    },
    {
      ...{ title: t("deliveries.time"), class: "in-time" },
      cell: ({ publishedTime }) => <When time={publishedTime} />,
    },
    {
      ...{ title: t("deliveries.status"), class: "in-status" },
      cell: ({ status }) => <Badge status={status} word={t(`status.${status}`)} />,
    },
    {
      ...{ title: t("deliveries.attempts"), isNumber: true },
      cell: ({ attemptCount }) => numberText(attemptCount),
    },
    {
      ...{ title: t("deliveries.result"), class: "result" },
      cell: ({ error, lastStatusCode }) => (
        <span class={error === null ? undefined : "bad-text"}>
          <CutText text={error ?? `HTTP ${lastStatusCode}`} />
        </span>
      ),
    },
    {
      ...{ title: t("deliveries.next"), class: "in-next" },
      cell: ({ nextAttemptTime: time }) =>
        time === null ? <span class="quiet">—</span> : <When time={time} isAgo />,
    },
  ];
}
