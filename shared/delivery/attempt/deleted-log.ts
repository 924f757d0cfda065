import type { DeliveryLog, LogPage, LogQuery } from "../../store/deliveries/delivery-log.ts";

/** What was still waiting when its webhook was deleted has failed by that, though no row says so. */
const ended = ["failed", "retrying", "pending"] as const;

/** A page of the log of a deleted webhook, whose waiting deliveries count as failed. */
export async function listDeleted(
  webhookId: string,
  query: LogQuery,
  log: Pick<DeliveryLog, "list">,
): Promise<LogPage> {
  const { status, limit } = query;
  if (status === "retrying" || status === "pending") return { records: [], last: undefined };
  if (status !== "failed") return await log.list(webhookId, query);
  const pages = await Promise.all(ended.map((status) => log.list(webhookId, { ...query, status })));
  // Behind the newest of the pages' ends, some page has not been looked at.
  const end = pages
    .flatMap(({ last }) => last ?? [])
    .sort()
    .at(-1);
  const all = pages
    .flatMap(({ records }) => records)
    .filter(({ messageId }) => end === undefined || messageId >= end)
    .sort((a, b) => (a.messageId < b.messageId ? 1 : -1));
  const records = all.slice(0, limit);
  return { records, last: all.length > limit ? records.at(-1)?.messageId : end };
}
