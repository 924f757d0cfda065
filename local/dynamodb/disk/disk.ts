import type { Level, Store } from "dynalite/db/index.js";
import { AwsError } from "../../aws/aws-error.ts";
import { createKnownRanges, type KnownRanges } from "./known-ranges.ts";
import { openStore, reasonOf } from "./open-store.ts";
import { hasRoomToReopen } from "./room.ts";

/**
 * The open database. A write that failed, on a full disk perhaps, leaves a torn record in LevelDB's log, and whatever
 * is written behind it is dropped by the next start. So writes go one after the other, and after one that failed
 * the database is opened anew, without the torn record, before the next is taken.
 */
export interface Disk {
  /** Its rows; the same object for good, whatever is opened anew. */
  readonly level: Level;
  /** dynalite's store, for its actions; not to be kept beyond one. */
  readonly store: Store;
  readonly ranges: KnownRanges;
  /** What has to be waited for before one reads or, with `write`, decides on a write; usually nothing. */
  pending(kind: "read" | "write"): Promise<void> | undefined;
  /** Does a write after all others that were asked for before it. */
  write<T>(work: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openDisk(path: string): Promise<Disk> {
  let store = await openStore(path);
  const ranges = createKnownRanges();
  let isOpen = true;
  let hasFailed = false;
  let lastTurn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(async () => {
      if (hasFailed) await reopen();
      return await work();
    });
    lastTurn = turn.catch(() => undefined);
    return turn;
  };

  /** As long as there is no room for it, what there is can still be read. */
  const reopen = async () => {
    if (isOpen && !(await hasRoomToReopen(path))) throw unavailable("the disk is full");
    if (isOpen) {
      isOpen = false;
      await store.db.close();
    }
    try {
      store = await openStore(path);
    } catch (error) {
      throw unavailable(reasonOf(error));
    }
    isOpen = true;
    hasFailed = false;
    console.error("embedded dynamodb: the tables were opened anew; writes are accepted again.");
  };

  const write = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      try {
        return await work(store);
      } catch (error) {
        // A refusal in AWS's words wrote nothing.
        if (error instanceof AwsError) throw error;
        hasFailed = true;
        const reason = `a write failed: ${reasonOf(error)}`;
        console.error(`embedded dynamodb: ${reason}. It was refused, and so are others for now.`);
        throw unavailable(reason);
      }
    });

  return {
    level: {
      getSync: (key) => store.db.getSync(key),
      values: (range) => store.db.values(range),
      iterator: (range) => store.db.iterator(range),
      clear: (range) => write(({ db }) => db.clear(range)).finally(ranges.forgetAll),
      batch: (operations) =>
        write(({ db }) => db.batch(operations)).finally(() => ranges.forget(operations)),
    },
    ranges,
    get store() {
      return store;
    },
    pending(kind) {
      if (!hasFailed || (kind === "read" && isOpen)) return undefined;
      return inTurn(async () => undefined);
    },
    write,
    async close() {
      await lastTurn;
      if (isOpen) await store.db.close();
    },
  };
}

function unavailable(reason: string): AwsError {
  return new AwsError("InternalServerError", `The embedded engine failed: ${reason}`, {
    status: 500,
  });
}
