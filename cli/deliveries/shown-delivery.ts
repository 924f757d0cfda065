import type { Attempt, Delivery, DeliverySummary } from "../../shared/contract/delivery.ts";
import type { Part } from "../output/line.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";

export const deliveryColumns: readonly Column<DeliverySummary>[] = [
  { title: "MESSAGE", cell: ({ messageId }) => messageId, isWhole: true },
  {
    title: "STATUS",
    cell: ({ status }) => status,
    isWhole: true,
    tone: ({ status }) => toneOf(status),
  },
  { title: "ATTEMPTS", cell: ({ attemptCount }) => attemptCount, isWhole: true, isNumber: true },
  { title: "PUBLISHED", cell: ({ publishedTime }) => publishedTime, isWhole: true, isTime: true },
  {
    title: "NEXT",
    cell: ({ nextAttemptTime }) => nextAttemptTime,
    ...{ isWhole: true, isTime: true, spare: 2 },
  },
  { title: "EVENT", cell: ({ event }) => event, minWidth: 12, spare: 1 },
  { title: "ERROR", cell: ({ error }) => error },
];

/** A line for a delivery that has changed. */
export function deliveryLine(delivery: DeliverySummary): Part[] {
  const { lastAttemptTime, publishedTime, messageId, status, attemptCount, event } = delivery;
  const { topicName, nextAttemptTime, error } = delivery;
  return [
    { text: lastAttemptTime ?? publishedTime, isTime: true },
    { text: messageId },
    { text: topicName, spare: 1 },
    { text: String(event ?? "-"), spare: 2 },
    { text: status, tone: toneOf(status) },
    { text: `attempt ${attemptCount}` },
    ...(nextAttemptTime === null ? [] : [{ text: `next ${nextAttemptTime}`, spare: 3 }]),
    ...(error === null ? [] : [{ text: error }]),
  ];
}

/** One attempt of a delivery, or its end without one. */
export type DeliveryAttempt = Pick<
  DeliverySummary,
  "messageId" | "topicName" | "event" | "status"
> & { readonly [K in keyof Attempt]?: Attempt[K] | null };

/** The attempts since then, oldest first; where it ended without one, that it has ended. */
export function attemptsSince(
  delivery: DeliverySummary & Pick<Delivery, "attempts">,
  sinceMs: number,
  withBody: boolean,
): DeliveryAttempt[] {
  const { messageId, topicName, event, status, error, attempts, lastAttemptTime } = delivery;
  const about = { messageId, topicName, event };
  const since = attempts.filter(({ attemptTime }) => Date.parse(attemptTime) >= sinceMs);
  if (since.length === 0 && status === "failed") return [{ ...about, status, error }];
  return since.map(({ responseBody, responseHeaders, request, ...made }) => {
    const isLast = made.attemptTime === lastAttemptTime;
    const failed = isLast && status === "failed" ? "failed" : "retrying";
    return {
      ...{ ...about, status: made.error === null ? "delivered" : failed, ...made },
      ...(withBody && { responseBody, ...(responseHeaders && { responseHeaders }) }),
    };
  });
}

/** What is not known is a dash, so that columns stay where they are. */
export function attemptLine(made: DeliveryAttempt): Part[] {
  const { attemptTime, messageId, topicName, event, status, attempt } = made;
  const { statusCode, latencyMs, error, responseBody } = made;
  return [
    { text: attemptTime ?? "-", isTime: true },
    { text: messageId },
    { text: topicName, spare: 1 },
    { text: String(event ?? "-"), spare: 2 },
    { text: status, tone: toneOf(status) },
    { text: `attempt ${attempt ?? "-"}` },
    { text: String(statusCode ?? "-") },
    { text: latencyMs === undefined ? "-" : `${latencyMs} ms`, spare: 3 },
    ...(error ? [{ text: error }] : []),
    ...(responseBody === undefined ? [] : [{ text: JSON.stringify(responseBody) }]),
  ];
}
