/** `npm run erase`: deletes everything that is stored about a cache or about one message. */
import { parseArgs } from "node:util";
import { isId } from "../shared/domain/ids.ts";
import { connect } from "./connect.ts";
import { eraseRows } from "./erase-rows.ts";
import { maxRetentionDays, rowsOfCache } from "./export/cache.ts";
import { rowsOfMessage } from "./export/message.ts";
import type { Kind, StoredRow } from "./export/row.ts";

const usage = `usage: npm run erase -- --cache <name> [--days <how far back messages go>] [--dry-run]
       npm run erase -- --message <cache>/<messageId> [--dry-run]

--dry-run counts and deletes nothing. What expires by itself: docs/privacy.md.`;

const { values } = parseArgs({
  options: {
    cache: { type: "string" },
    message: { type: "string" },
    days: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

function wanted(): AsyncIterable<StoredRow> {
  const { cache, message, days = maxRetentionDays } = values;
  if (cache && message === undefined && Number(days) >= 1) {
    return rowsOfCache(cache, Date.now(), Number(days));
  }
  // No cache may be named with a slash.
  const [cacheName, messageId = "", ...rest] = message?.split("/") ?? [];
  if (cache === undefined && cacheName && isId("msg", messageId) && rest.length === 0) {
    return rowsOfMessage(cacheName, messageId);
  }
  throw new Error(usage);
}

function summary(counts: ReadonlyMap<Kind, number>): string {
  const parts = [...counts].map(([kind, count]) => `${kind} ${count}`);
  return parts.join(", ") || "nothing";
}

async function main(): Promise<void> {
  const isDryRun = values["dry-run"];
  const rows = wanted();
  connect();
  const onProgress = (counts: ReadonlyMap<Kind, number>) => console.error(summary(counts));
  const counts = await eraseRows(rows, { isDryRun, onProgress });
  console.log(`${isDryRun ? "would erase" : "erased"}: ${summary(counts)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
