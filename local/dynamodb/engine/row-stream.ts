import { Stream } from "node:stream";
import type { Item, Range } from "dynalite/db/index.js";
import type { Disk } from "../disk/disk.ts";

const rowsPerPage = 256;
const pageBytes = 1024 * 1024;

/** The values of a range under a prefix, as the plain event stream that dynalite's queries listen to. */
export function rowStream(disk: Disk, prefix: string, range: Range): Stream {
  // A Readable costs several turns of the loop a row; a page of rows here costs one.
  const stream = Object.assign(new Stream(), {
    stopped: false,
    destroy: () => {
      stream.stopped = true;
    },
  });
  pump(stream, disk, prefixed(prefix, range)).catch((error: unknown) =>
    stream.emit("error", error),
  );
  return stream;
}

async function pump(
  stream: Stream & { stopped: boolean },
  { level, ranges }: Disk,
  range: Range,
): Promise<void> {
  const size =
    range.limit !== undefined && range.limit > 0 ? Math.min(range.limit, rowsPerPage) : rowsPerPage;
  /** False once nobody listens any more. */
  const tell = (page: readonly Item[]) => {
    for (const value of page) {
      if (stream.stopped) return false;
      stream.emit("data", value);
    }
    return true;
  };
  const known = ranges.get(range);
  if (known) {
    // Whoever has asked for the stream listens only then.
    await undefined;
    if (tell(known)) stream.emit("end");
    return;
  }
  const keep = ranges.reading(range);
  let isFirst = true;
  const cursor = level.values({ ...range, highWaterMarkBytes: pageBytes });
  try {
    for (;;) {
      const page = await cursor.nextv(size);
      if (isFirst) keep(page.length < size || page.length === range.limit ? page : undefined);
      isFirst = false;
      if (!tell(page)) return;
      if (page.length > 0) continue;
      stream.emit("end");
      return;
    }
  } finally {
    if (isFirst) keep(undefined);
    await cursor.close();
  }
}

function prefixed(prefix: string, { gt, gte, lt, lte, ...rest }: Range): Range {
  const low = gte !== undefined ? { gte: prefix + gte } : { gt: prefix + (gt ?? "") };
  const high = lte !== undefined ? { lte: prefix + lte } : { lt: prefix + (lt ?? "\xff") };
  return { ...rest, ...low, ...high };
}
