import { Stream } from "node:stream";
import type { Level, Range } from "dynalite/db/index.js";

const rowsPerPage = 256;
const pageBytes = 1024 * 1024;

/** The values of a range under a prefix, as the plain event stream that dynalite's queries listen to. */
export function rowStream(level: Level, prefix: string, range: Range): Stream {
  // A Readable costs several turns of the loop a row; a page of rows here costs one.
  const stream = Object.assign(new Stream(), {
    stopped: false,
    destroy: () => {
      stream.stopped = true;
    },
  });
  pump(stream, level, prefixed(prefix, range)).catch((error: unknown) =>
    stream.emit("error", error),
  );
  return stream;
}

async function pump(
  stream: Stream & { stopped: boolean },
  level: Level,
  range: Range,
): Promise<void> {
  const size =
    range.limit !== undefined && range.limit > 0 ? Math.min(range.limit, rowsPerPage) : rowsPerPage;
  const cursor = level.values({ ...range, highWaterMarkBytes: pageBytes });
  try {
    for (;;) {
      const page = await cursor.nextv(size);
      for (const value of page) {
        if (stream.stopped) return;
        stream.emit("data", value);
      }
      if (page.length > 0) continue;
      stream.emit("end");
      return;
    }
  } finally {
    await cursor.close();
  }
}

function prefixed(prefix: string, { gt, gte, lt, lte, ...rest }: Range): Range {
  const low = gte !== undefined ? { gte: prefix + gte } : { gt: prefix + (gt ?? "") };
  const high = lte !== undefined ? { lte: prefix + lte } : { lt: prefix + (lt ?? "\xff") };
  return { ...rest, ...low, ...high };
}
