import { readEnv } from "../../shared/runtime/env.ts";
import { rowOf } from "../../shared/store/messages/outbox-store.ts";
import type { StoredRow } from "./row.ts";
import { scanned } from "./scan.ts";

/**
 * The rows of a cache that wait in the outbox, most of them refused. Nothing but their ids tells where they are, so the
 * table is read from end to end; few rows are in it. Nothing where the deployment has no outbox.
 */
export async function* outboxRows(cacheName: string): AsyncGenerator<StoredRow> {
  if (!process.env.OUTBOX_TABLE) return;
  const TableName = readEnv("OUTBOX_TABLE").OUTBOX_TABLE;
  for await (const item of scanned(TableName, cacheName)) {
    const id = item.id?.S ?? "";
    const { binary, ...row } = rowOf(id, item).fields ?? { id };
    const text = binary instanceof Uint8Array ? Buffer.from(binary).toString("base64") : binary;
    yield { kind: "outbox row", table: "OUTBOX_TABLE", key: { id }, row: { ...row, binary: text } };
  }
}
