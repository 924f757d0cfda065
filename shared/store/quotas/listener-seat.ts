import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { AppError } from "../../domain/app-error.ts";
import { maxListeners, operationalTopic } from "../../domain/messages/operational-topic.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { keys } from "../keys.ts";
import type { Expression } from "../table/expression.ts";
import type { Table } from "../table/table.ts";

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
