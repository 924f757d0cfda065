import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

const retryMs = 50;

/**
 * Keeps every other process off a data folder; two on one folder would corrupt it. The lock is the
 * operating system's, held through SQLite: it goes with the process, however that ends, and no
 * process that was later given the same id can be mistaken for its holder. Waits for a holder to go.
 */
export async function lockFolder(folder: string, waitMs: number): Promise<Disposable> {
  const holderFile = join(folder, "lock.pid");
  const database = openLock(join(folder, "lock"));
  const deadlineMs = performance.now() + waitMs;
  while (!tryLock(database)) {
    if (performance.now() > deadlineMs) {
      database.close();
      const advice = "stop it first, or give this run a HOOKCAST_DATA_DIR and a PORT of its own";
      throw new Error(`${folder} is in use by ${holderIn(holderFile)}: ${advice}`);
    }
    await pause(retryMs);
  }
  try {
    writeFileSync(holderFile, `${process.pid}\n`);
  } catch (error) {
    database.close();
    throw error;
  }
  return { [Symbol.dispose]: () => database.close() };
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw new Error(`${file} cannot be opened: ${Object(error).message}`, { cause: error });
  }
}

/** On a full disk the holder could not leave its id. */
function holderIn(holderFile: string): string {
  const pid = existsSync(holderFile) ? readFileSync(holderFile, "utf8").trim() : "";
  return pid ? `process ${pid}` : "another process";
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** SQLITE_BUSY: somebody else holds the lock. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
