import { readEnv } from "../shared/runtime/env.ts";
import { deleteAll } from "../shared/store/table/database.ts";
import type { Kind, StoredRow } from "./export/row.ts";

const batchSize = 25;
const rowsBetweenReports = 1000;

interface Options {
  readonly isDryRun: boolean;
  /** Told of the counts now and then. */
  readonly onProgress: (counts: ReadonlyMap<Kind, number>) => void;
}

/** Deletes rows in the order in which they come, so that a run that was cut short can be begun again. */
export async function eraseRows(
  rows: AsyncIterable<StoredRow>,
  { isDryRun, onProgress }: Options,
): Promise<ReadonlyMap<Kind, number>> {
  const counts = new Map<Kind, number>();
  let batch: StoredRow[] = [];
  const flush = async () => {
    if (!isDryRun) await deleteInOrder(batch);
    batch = [];
  };
  let seen = 0;
  for await (const found of rows) {
    counts.set(found.kind, (counts.get(found.kind) ?? 0) + 1);
    batch.push(found);
    seen += 1;
    if (batch.length === batchSize) await flush();
    if (seen % rowsBetweenReports === 0) onProgress(counts);
  }
  await flush();
  return counts;
}

/** One call for each run of rows of one table; a row twice in a call would be refused. */
async function deleteInOrder(batch: readonly StoredRow[]): Promise<void> {
  for (const table of new Set(batch.map((found) => found.table))) {
    const keys = batch.filter((found) => found.table === table).map(({ key }) => key);
    const unique = new Map(keys.map((key) => [JSON.stringify(key), key]));
    await deleteAll(readEnv(table)[table], [...unique.values()]);
  }
}
