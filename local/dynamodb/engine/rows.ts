import type { Level, Range } from "dynalite/db/index.js";

const rowsPerPage = 200;

/** The rows of a range in key order, read a page at a time. */
export async function* rows(level: Level, range: Range): AsyncGenerator<[string, unknown]> {
  const iterator = level.iterator(range);
  try {
    for (
      let page = await iterator.nextv(rowsPerPage);
      page.length > 0;
      page = await iterator.nextv(rowsPerPage)
    ) {
      yield* page;
    }
  } finally {
    await iterator.close();
  }
}
