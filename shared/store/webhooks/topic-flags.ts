import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { operationalTopic } from "../../domain/messages/operational-topic.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { keys } from "../keys.ts";
import { seatListener } from "../quotas/listener-seat.ts";
import type { Expression } from "../table/expression.ts";
import type { Table } from "../table/table.ts";

/**
 * What a change of a webhook changes in the flags of its topics: the count of webhooks of the `momento` format,
 * whose messages are numbered, and the list of those that listen to operational events.
 */
export async function flagChanges(
  table: Table,
  previous: WebhookRecord | undefined,
  next: WebhookRecord | undefined,
): Promise<TransactWriteItem[]> {
  const before = previous?.format === "momento" ? previous : undefined;
  const after = next?.format === "momento" ? next : undefined;
  const isMoved = before?.topicName !== after?.topicName;
  const left = isMoved && before ? [updating(table, before, counting(-1))] : [];
  if (!next || !startsListening(previous, next)) {
    return isMoved && after ? [...left, updating(table, after, counting(1))] : left;
  }
  const { update, condition, checks } = await seatListener(table, next);
  const both = isMoved && after ? together(counting(1), update) : update;
  return [...left, updating(table, next, both, condition), ...checks];
}

function startsListening(previous: WebhookRecord | undefined, next: WebhookRecord): boolean {
  return next.topicName === operationalTopic && previous?.topicName !== operationalTopic;
}

function counting(by: number): Expression {
  return { text: "ADD momento :by", values: { ":by": by } };
}

/** A transaction may change each row once. */
function together(one: Expression, other: Expression): Expression {
  return { text: `${one.text} ${other.text}`, values: { ...one.values, ...other.values } };
}

function updating(
  table: Table,
  { cacheName, topicName }: WebhookRecord,
  update: Expression,
  condition?: Expression,
): TransactWriteItem {
  return table.updating(keys.topicFlags(cacheName, topicName), update, condition);
}
