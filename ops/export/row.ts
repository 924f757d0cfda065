import type { VariableName } from "../../shared/contract/env.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import type { Key } from "../../shared/store/keys.ts";
import type { Row } from "../../shared/store/table/rows.ts";
import { openTable, type Table } from "../../shared/store/table/table.ts";

type TableName = Extract<VariableName, "WEBHOOKS_TABLE" | "MESSAGES_TABLE" | "DELIVERIES_TABLE">;

/** The primary key of a row of the outbox. */
interface OutboxRowKey {
  readonly id: string;
}

/** The primary key of a portal session. */
interface SessionKey {
  readonly keyId: string;
}

/** What a row says: the nouns of docs/privacy.md. */
export type Kind =
  | "webhook"
  | "webhook id"
  | "subscription"
  | "webhook settings"
  | "topic flags"
  | "health"
  | "breaker"
  | "unwell webhook"
  | "unwell cache"
  | "slots"
  | "token"
  | "certificate notice"
  | "stats"
  | "cache"
  | "signing keys"
  | "former webhook"
  | "webhook count"
  | "message"
  | "sequence"
  | "delivery"
  | "attempt"
  | "parked delivery"
  | "due delivery"
  | "suppressed events"
  | "recovery"
  | "outbox row"
  | "portal session";

/** A row as it lies in its table. */
export interface StoredRow {
  readonly kind: Kind;
  readonly table: TableName | "OUTBOX_TABLE" | "API_KEYS_TABLE";
  readonly key: Key | OutboxRowKey | SessionKey;
  readonly row: Row;
}

/** One that lies in a partition beside others. */
interface PartitionRow extends StoredRow {
  readonly key: Key;
}

function tableOf(name: TableName): Table {
  return openTable(readEnv(name)[name]);
}

/** Every row of a partition, a page at a time. */
export async function* partition(
  kind: Kind,
  table: TableName,
  pk: string,
  prefix = "",
): AsyncGenerator<PartitionRow> {
  const opened = tableOf(table);
  let after: string | undefined;
  do {
    const page = await opened.query({ pk, prefix, after });
    for (const row of page.rows) yield { kind, table, key: { pk, sk: String(row.sk) }, row };
    after = page.last;
  } while (after !== undefined);
}

/** The row of that key, if there is one. */
export async function* single(kind: Kind, table: TableName, key: Key): AsyncGenerator<StoredRow> {
  const row = await tableOf(table).get(key);
  if (row) yield { kind, table, key, row };
}
