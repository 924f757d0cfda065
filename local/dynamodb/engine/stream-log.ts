import type { Item, Table } from "dynalite/db/index.js";

/** What has happened to one item: one of the two is there at least. */
interface Change {
  readonly table: Table;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** What a table's stream has of one change, as AWS spells it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/**
 * The streams of tables. They live as long as the process: AWS keeps records for a day and repeats none of those before
 * it, so whoever reads a stream must find by other means what it does not bring.
 */
export interface StreamLog {
  /** Has a table's changes from now on, with their keys alone. */
  enable(tableName: string): void;
  has(tableName: string): boolean;
  /** Nothing where the table has no stream. */
  append(change: Change): void;
  /** The records from a position on, at most so many. */
  read(tableName: string, position: number, most: number): readonly StreamRecord[];
  /** Where the next record will be, and the first that is still there. */
  bounds(tableName: string): { readonly first: number; readonly next: number };
}

/** What a table keeps when nobody reads; AWS trims by age instead. */
const maxRecords = 10_000;

export function createStreamLog(now: () => number): StreamLog {
  const streams = new Map<string, { dropped: number; records: StreamRecord[] }>();
  return {
    enable: (tableName) => {
      if (!streams.has(tableName)) streams.set(tableName, { dropped: 0, records: [] });
    },
    has: (tableName) => streams.has(tableName),
    append: (change) => {
      const stream = streams.get(change.table.TableName);
      if (!stream) return;
      stream.records.push(recordOf(change, stream.dropped + stream.records.length, now()));
      if (stream.records.length <= maxRecords) return;
      stream.records.shift();
      stream.dropped += 1;
    },
    read: (tableName, position, most) => {
      const { dropped, records } = streams.get(tableName) ?? { dropped: 0, records: [] };
      const from = Math.max(0, position - dropped);
      return records.slice(from, from + most);
    },
    bounds: (tableName) => {
      const { dropped, records } = streams.get(tableName) ?? { dropped: 0, records: [] };
      return { first: dropped, next: dropped + records.length };
    },
  };
}

function recordOf({ table, before, after }: Change, position: number, nowMs: number): StreamRecord {
  const Keys = keysOf(table, after ?? before ?? {});
  const written = after ? "INSERT" : "REMOVE";
  return {
    eventID: `${table.TableName}-${position}`,
    eventName: before && after ? "MODIFY" : written,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(nowMs / 1000),
      Keys,
      SequenceNumber: sequenceNumber(position),
      SizeBytes: JSON.stringify(Keys).length,
      StreamViewType: "KEYS_ONLY",
    },
  };
}

function keysOf({ KeySchema }: Table, item: Item): Item {
  return Object.fromEntries(
    KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]),
  );
}

/** As long as AWS's shortest, and in their order. */
export function sequenceNumber(position: number): string {
  return String(position + 1).padStart(21, "0");
}
