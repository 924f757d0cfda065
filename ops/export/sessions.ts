import { isId } from "../../shared/domain/ids.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { fromItem } from "../../shared/store/table/rows.ts";
import type { StoredRow } from "./row.ts";
import { scanned } from "./scan.ts";

/** The portal sessions of a cache, without what could be used in a token's place. They lie among the API keys. */
export async function* sessionRows(cacheName: string): AsyncGenerator<StoredRow> {
  const { API_KEYS_TABLE } = readEnv("API_KEYS_TABLE");
  for await (const item of scanned(API_KEYS_TABLE, cacheName)) {
    const { hash: _, ...row } = fromItem(item);
    const keyId = String(row.keyId);
    if (!isId("ses", keyId)) continue;
    yield { kind: "portal session", table: "API_KEYS_TABLE", key: { keyId }, row };
  }
}
