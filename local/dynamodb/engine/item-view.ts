import type { Item, ItemStore, Range, Rows, Table } from "dynalite/db/index.js";
import { validationError } from "./dynalite-error.ts";
import { assertItemSize } from "./item-size.ts";
import { indexKey, itemKey } from "./row-keys.ts";
import { rowStream } from "./row-stream.ts";
import { activeTable, type Tables } from "./tables.ts";

const maxPartitionKeyBytes = 2048;
const maxSortKeyBytes = 1024;

/** What a write action of dynalite did to its one item. */
export interface Footprint {
  table?: Table;
  key?: string;
  before?: Item | undefined;
  after?: Item | undefined;
}

interface ViewOptions {
  tables: Tables;
  /** Reads an item's row: the newest for a writer, the durable one for a reader. */
  read: (rowKey: string) => Item | undefined;
  /** Where a writer leaves what it did; nothing is written by the view itself. */
  footprint?: Footprint;
  /** Moves a page's start past the last item of the page before it. */
  indexStart?: (range: Range) => Range;
}

/**
 * dynalite's actions hold DynamoDB's rules on items; the view is the store that they see. It answers at once, in the
 * same turn, so that an action reads and decides without another one in between, and it lets its writes be staged as
 * one batch.
 */
export function itemView({ tables, read, footprint = {}, indexStart }: ViewOptions): ItemStore {
  const { store, disk } = tables;
  const getTable: ItemStore["getTable"] = (name, flag, callback) => {
    const done = typeof flag === "function" ? flag : callback;
    footprint.table = activeTable(tables, name);
    done?.(null, footprint.table);
  };
  const items = (tableName: string): Rows => ({
    lock: runUnlocked,
    get: (key, done) => {
      assertKeySize(key);
      const item = read(itemKey(tableName, key));
      footprint.key = key;
      footprint.before = item;
      footprint.after = item;
      done(null, item);
    },
    put: (_key, item, done) => {
      assertItemSize(item);
      footprint.after = item;
      done(null);
    },
    del: (_key, done) => {
      footprint.after = undefined;
      done(null);
    },
    createValueStream: (range) => rowStream(disk, itemKey(tableName, ""), range),
  });
  const index = (scope: string, tableName: string, indexName: string): Rows => ({
    ...items(tableName),
    createValueStream: (range) =>
      rowStream(disk, indexKey(scope, tableName, indexName, ""), indexStart?.(range) ?? range),
  });
  return { options: store.options, getTable, getItemDb: items, getIndexDb: index };
}

/** A key is `<hash>/<hex of partition key>/<hex of sort key>/`; dynalite counts characters where AWS counts bytes. */
function assertKeySize(key: string): void {
  const [, partition = "", sort = ""] = key.split("/");
  if (partition.length > maxPartitionKeyBytes * 2) {
    throw validationError(
      "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
    );
  }
  if (sort.length > maxSortKeyBytes * 2) {
    throw validationError(
      "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
    );
  }
}

function runUnlocked(_key: string, run: (release: <C>(callback: C) => C) => void): void {
  run((callback) => callback);
}
