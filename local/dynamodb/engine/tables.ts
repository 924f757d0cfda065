import type { Level, Store, Table } from "dynalite/db/index.js";
import { AwsError } from "../../aws/aws-error.ts";
import { readTimeToLiveSettings } from "../actions/time-to-live-setting.ts";
import { type Disk, openDisk } from "../disk/disk.ts";
import { createLedger, type Ledger } from "../ledger.ts";
import { leaveIndexesToStaging } from "./index-rows.ts";
import { rememberExpressions } from "./known-expressions.ts";
import { tableKey } from "./row-keys.ts";
import { createStreamLog, type StreamLog } from "./stream-log.ts";
import { orderTextByBytes } from "./text-order.ts";

orderTextByBytes();
rememberExpressions();
leaveIndexesToStaging();

/** The open database: dynalite's store for the definitions of tables, the ledger for their items. */
export interface Tables {
  disk: Disk;
  readonly store: Store;
  level: Level;
  ledger: Ledger;
  /** The attribute that holds an item's expiry, by table. */
  timeToLive: Map<string, string>;
  /** Definitions of active tables; whoever changes a table forgets its entry. */
  known: Map<string, Table>;
  streams: StreamLog;
  /** Epoch milliseconds. */
  now: () => number;
}

export async function openTables(path: string, now: () => number): Promise<Tables> {
  const disk = await openDisk(path);
  const { level } = disk;
  return {
    disk,
    get store() {
      return disk.store;
    },
    level,
    ledger: createLedger(level),
    timeToLive: await readTimeToLiveSettings(level),
    known: new Map(),
    streams: createStreamLog(now),
    now,
  };
}

/** The definition of a table that can be used now. */
export function activeTable({ known, level }: Tables, tableName: string): Table {
  const cached = known.get(tableName);
  if (cached) return cached;
  const table = level.getSync(tableKey(tableName)) as Table | undefined; // what rows of this key hold
  if (!table || table.TableStatus === "CREATING" || table.TableStatus === "DELETING") {
    throw new AwsError("ResourceNotFoundException", "Requested resource not found");
  }
  if (table.TableStatus === "ACTIVE") known.set(tableName, table);
  return table;
}

/** The attribute by which a table's rows are spread, or an index's; undefined where there is none such. */
export function partitionKeyOf(
  { known, level }: Tables,
  tableName: string,
  indexName?: string,
): string | undefined {
  // What rows of this key hold.
  const table = known.get(tableName) ?? (level.getSync(tableKey(tableName)) as Table | undefined);
  const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
  const schema = indexName === undefined ? table?.KeySchema : index?.KeySchema;
  return schema?.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
}
