import type { DeliverySummary } from "../../shared/contract/delivery.ts";
import type { Column } from "../output/table.ts";

export const deliveryColumns: readonly Column<DeliverySummary>[] = [
  { title: "MESSAGE", cell: ({ messageId }) => messageId, isWhole: true },
  { title: "STATUS", cell: ({ status }) => status, isWhole: true },
  { title: "ATTEMPTS", cell: ({ attemptCount }) => attemptCount, isWhole: true },
  { title: "PUBLISHED", cell: ({ publishedTime }) => publishedTime, isWhole: true },
  { title: "NEXT", cell: ({ nextAttemptTime }) => nextAttemptTime },
  { title: "EVENT", cell: ({ event }) => event },
  { title: "ERROR", cell: ({ error }) => error },
];

/** A line for a delivery that has changed. */
export function deliveryLine(delivery: DeliverySummary): string {
  const { lastAttemptTime, publishedTime, messageId, status, attemptCount, event } = delivery;
  const { topicName, nextAttemptTime, error } = delivery;
  return [
    ...[lastAttemptTime ?? publishedTime, messageId, topicName, event ?? "-"],
    ...[status, `attempt ${attemptCount}`],
    ...(nextAttemptTime === null ? [] : [`next ${nextAttemptTime}`]),
    ...(error === null ? [] : [error]),
  ].join("  ");
}
