import { Badge } from "../../../console/parts/badge.tsx";
import { CutText } from "../../../console/parts/cut-text.tsx";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { numberText, t } from "../../language/language.ts";
import { When } from "../../parts/when.tsx";
import { hrefTo } from "../../state/paths.ts";
import { may } from "../../state/session.ts";

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
          {may("resend") && (
            <th scope="col">
              <span class="unseen">{t("delivery.resend")}</span>
            </th>
          )}
          <th scope="col">{t("deliveries.event")}</th>
          <th scope="col">{t("deliveries.time")}</th>
          <th scope="col">{t("deliveries.status")}</th>
          <th scope="col" class="number">
            {t("deliveries.attempts")}
          </th>
          <th scope="col">{t("deliveries.result")}</th>
          <th scope="col">{t("deliveries.next")}</th>
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
  const { error, lastStatusCode } = delivery;
  return (
    <tr>
      {may("resend") && (
        <td class="choose">
          {status === "failed" && (
            <input
              type="checkbox"
              aria-label={t("deliveries.choose", { id: String(event ?? messageId) })}
              checked={chosen.has(messageId)}
              onChange={() => onToggle(messageId)}
            />
          )}
        </td>
      )}
      <th scope="row" data-label={t("deliveries.event")} class="event">
        <a href={hrefTo({ screen: "delivery", webhookId, messageId })} data-row>
          <CutText text={String(event ?? messageId)} />
        </a>
      </th>
      <td data-label={t("deliveries.time")} class="in-time">
        <When time={publishedTime} />
      </td>
      <td data-label={t("deliveries.status")} class="in-status">
        <Badge status={status} word={t(`status.${status}`)} />
      </td>
      <td data-label={t("deliveries.attempts")} class="number">
        {numberText(attemptCount)}
      </td>
      <td data-label={t("deliveries.result")} class={error === null ? "result" : "result bad-text"}>
        <CutText text={error ?? `HTTP ${lastStatusCode}`} />
      </td>
      <td data-label={t("deliveries.next")} class="in-next">
        {nextAttemptTime === null ? (
          <span class="quiet">—</span>
        ) : (
          <When time={nextAttemptTime} isAgo />
        )}
      </td>
    </tr>
  );
}
