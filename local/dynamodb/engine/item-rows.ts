import type { Item, Operation, Table } from "dynalite/db/index.js";
import { indexOperations } from "./index-rows.ts";
import { expiryKey, itemKey } from "./row-keys.ts";
import type { Tables } from "./tables.ts";

/** What happens to one item; `after` is undefined when it is deleted. */
export interface ItemChange {
  table: Table;
  /** The item's key within its table, in dynalite's spelling. */
  key: string;
  before: Item | undefined;
  after: Item | undefined;
}

/** Stages an item together with its index and expiry rows: they become durable as one. */
export function stageChange({ ledger, timeToLive, streams }: Tables, change: ItemChange): void {
  const { table, key, before, after } = change;
  if (!before && !after) return;
  const row = itemKey(table.TableName, key);
  ledger.stage([
    after ? { type: "put", key: row, value: after } : { type: "del", key: row },
    ...indexOperations(table, key, before, after),
    ...expiryOperations(timeToLive.get(table.TableName), change),
  ]);
  if (!streams.has(table.TableName)) return;
  // Whoever wrote is told of a failure; a stream has only what is on disk.
  ledger.settled().then(
    () => streams.append(change),
    () => undefined,
  );
}

function expiryOperations(
  attribute: string | undefined,
  { table, key, before, after }: ItemChange,
): Operation[] {
  if (attribute === undefined) return [];
  const was = expirySeconds(before, attribute);
  const is = expirySeconds(after, attribute);
  if (was === is) return [];
  const operations: Operation[] = [];
  if (was !== undefined) {
    operations.push({ type: "del", key: expiryKey(table.TableName, was, key) });
  }
  if (is !== undefined) {
    operations.push({ type: "put", key: expiryKey(table.TableName, is, key), value: key });
  }
  return operations;
}

/** The second in which an item expires; like AWS, only a Number attribute counts. */
export function expirySeconds(item: Item | undefined, attribute: string): number | undefined {
  const seconds = Math.floor(Number(item?.[attribute]?.N));
  return seconds > 0 && seconds < 1e12 ? seconds : undefined;
}
