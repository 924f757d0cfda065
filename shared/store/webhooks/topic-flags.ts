import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { AppError } from "../../domain/app-error.ts";
import { maxListeners, operationalTopic } from "../../domain/messages/operational-event.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { keys } from "../keys.ts";
import type { Expression } from "../table/rows.ts";
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

/** What must be written and checked in the transaction that adds a listener of operational events. */
export interface ListenerSeat {
  /** Of the topic's flags row. */
  readonly update: Expression;
  readonly condition: Expression;
  readonly checks: readonly TransactWriteItem[];
}

/** The listeners' sort keys as JSON, as they were when the last one was added. */
const FlagsRow = z.object({ listeners: z.optional(z.string()) });
const SortKeys = z.array(z.string());

/**
 * Throws when the cache has as many listeners as it may. Only additions write the list: each must find it as it
 * was read, so that of two at once the second reads again. Who is on it and has no subscription was removed since,
 * or is being added at this moment, which the transaction tells apart; who has one and is not on it is older than
 * the list. So nothing drifts, whichever version wrote the rows.
 */
export async function seatListener(table: Table, next: WebhookRecord): Promise<ListenerSeat> {
  const { cacheName, webhookName } = next;
  const flags = keys.topicFlags(cacheName, operationalTopic);
  const own = keys.subscription(cacheName, operationalTopic, webhookName).sk;
  const { rows } = await table.query({ pk: flags.pk, limit: maxListeners + 2 });
  const { listeners } = z.parse(FlagsRow, rows.find(({ sk }) => sk === flags.sk) ?? {});
  const listed = listeners === undefined ? [] : z.parse(SortKeys, JSON.parse(listeners));
  const taken = rows.map(({ sk }) => String(sk)).filter((sk) => sk !== flags.sk && sk !== own);
  if (taken.length >= maxListeners) throw tooMany();
  const absent = listed.filter((sk) => sk !== own && !taken.includes(sk));
  return {
    update: {
      text: "SET listeners = :listeners",
      values: { ":listeners": JSON.stringify([...taken, own]) },
    },
    condition:
      listeners === undefined
        ? { text: "attribute_not_exists(listeners)" }
        : { text: "listeners = :listed", values: { ":listed": listeners } },
    checks: absent.map((sk) =>
      table.checking({ pk: flags.pk, sk }, { text: "attribute_not_exists(pk)" }),
    ),
  };
}

function tooMany(): AppError {
  const message = `a cache has at most ${maxListeners} webhooks for the topic ${operationalTopic}`;
  const details = [{ path: "topicName", message }];
  return new AppError("LIMIT_EXCEEDED_ERROR", message, { details });
}
