import { DatabaseSync } from "node:sqlite";

// Nothing but primary keys: order and visibility are kept in memory and rebuilt at the start.
const tables = `
  CREATE TABLE IF NOT EXISTS queue (
    name TEXT PRIMARY KEY,
    created_ms INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    attributes TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL,
    group_id TEXT,
    sender_id TEXT NOT NULL,
    source_arn TEXT,
    trace_header TEXT,
    sent_ms INTEGER NOT NULL,
    visible_ms INTEGER NOT NULL,
    receive_count INTEGER NOT NULL,
    first_received_ms INTEGER,
    message_attributes TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS move_task (
    handle TEXT PRIMARY KEY,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** Opens the database so that what was committed survives the death of the process, though not of the machine. */
export function openDatabase(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path);
    // What a process has written the system keeps when it dies; to wait for the disk as well is for a machine that does.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;");
    database.exec(tables);
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`the queues in ${path} cannot be opened: ${reason}`, { cause: error });
  }
}

/** A number that grows with every start, so that ids made from it are never given out twice. */
export function nextEpoch(database: DatabaseSync): number {
  const row = database.prepare("PRAGMA user_version").get();
  const epoch = Number(row?.user_version) + 1;
  database.exec(`PRAGMA user_version = ${epoch}`);
  return epoch;
}
