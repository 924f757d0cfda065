import { paginateScan } from "@aws-sdk/client-dynamodb";
import { printable } from "../../shared/contract/values/printable.ts";
import { isoTime } from "../../shared/contract/values/time.ts";
import { allCaches, scopeOf } from "../../shared/domain/api-key.ts";
import { isId } from "../../shared/domain/ids.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { type ApiKeyRecord, readKeyRow } from "../../shared/store/secrets/api-key-store.ts";
import { fromItem } from "../../shared/store/table/rows.ts";
import { operatorDynamoDb } from "../data-key/sdk-clients.ts";

/** Prints every key, the oldest first, without anything that could be used in a key's place. */
export async function listKeys(): Promise<void> {
  const records = await allKeys();
  records.sort((a, b) => (a.keyId < b.keyId ? -1 : 1)); // ids sort as the times of creation do
  const now = Date.now();
  const rows = [
    ["key id", "name", "caches", "permissions", "created", "last used", "state"],
    ...records.map((record) => cells(record, now)),
  ];
  for (const line of aligned(rows)) console.log(line);
}

/** Every row of the table, which only an operator may do: no function has the right to scan. */
async function allKeys(): Promise<ApiKeyRecord[]> {
  const { API_KEYS_TABLE: TableName } = readEnv("API_KEYS_TABLE");
  const records: ApiKeyRecord[] = [];
  const uses = new Map<string, number>();
  for await (const { Items = [] } of paginateScan({ client: operatorDynamoDb() }, { TableName })) {
    // Portal sessions lie beside the keys, and go within a day.
    const rows = Items.map(fromItem).filter(({ keyId }) => !isId("ses", String(keyId)));
    for (const row of rows.map(readKeyRow)) {
      if ("key" in row) records.push(row.key);
      else uses.set(row.use.keyId, row.use.lastUsedTimeMs);
    }
  }
  return records.map((record) => {
    const lastUsedTimeMs = Math.max(record.lastUsedTimeMs ?? 0, uses.get(record.keyId) ?? 0);
    return lastUsedTimeMs > 0 ? { ...record, lastUsedTimeMs } : record;
  });
}

function cells(record: ApiKeyRecord, nowMs: number): string[] {
  const { keyId, name, caches, permissions, createdTimeMs, lastUsedTimeMs } = record;
  const lastUse = lastUsedTimeMs === undefined ? "never" : isoTime(lastUsedTimeMs);
  const scope = [caches.map(shownCache).join(" "), permissions.join(",")];
  const created = isoTime(createdTimeMs);
  return [keyId, name, ...scope, created, lastUse, stateOf(record, nowMs)].map(printable);
}

/** One word a cache: what holds a space or a comma, or is called like the word for all, stands in quotes. */
function shownCache(scope: string): string {
  if (scope === allCaches) return "(all)";
  const name = scope === scopeOf(allCaches) ? allCaches : scope;
  return /[\s,"()]/.test(name) ? JSON.stringify(name) : name;
}

function stateOf({ revokedTimeMs, expiresAt }: ApiKeyRecord, nowMs: number): string {
  if (revokedTimeMs !== undefined) return `revoked ${isoTime(revokedTimeMs)}`;
  if (expiresAt === undefined) return "active";
  const isOver = expiresAt * 1000 <= nowMs;
  return `${isOver ? "expired" : "active until"} ${isoTime(expiresAt * 1000)}`;
}

function aligned(rows: readonly string[][]): string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widthOf(column)))
      .join("  ")
      .trimEnd(),
  );
}
