import type { Level, Store } from "dynalite/db/index.js";
import { AwsError } from "../../aws/aws-error.ts";
import { openStore, reasonOf } from "./open-store.ts";
import { hasRoomToReopen } from "./room.ts";

/**
 * The open database. A write that failed, on a full disk perhaps, leaves a torn record in LevelDB's log, and whatever
 * is written behind it is dropped by the next start. So writes go one after the other, and after one that failed
 * the database is opened anew, without the torn record, before the next is taken.
 */
export class Disk {
  /** Its rows; the same object for good, whatever is opened anew. */
  readonly level: Level;
  readonly #path: string;
  #store: Store;
  #isOpen = true;
  #hasFailed = false;
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor(path: string, store: Store) {
    this.#path = path;
    this.#store = store;
    this.level = {
      getSync: (key) => this.#store.db.getSync(key),
      values: (range) => this.#store.db.values(range),
      iterator: (range) => this.#store.db.iterator(range),
      clear: (range) => this.write(({ db }) => db.clear(range)),
      batch: (operations) => this.write(({ db }) => db.batch(operations)),
    };
  }

  static async open(path: string): Promise<Disk> {
    return new Disk(path, await openStore(path));
  }

  /** dynalite's store, for its actions; not to be kept beyond one. */
  get store(): Store {
    return this.#store;
  }

  /** What has to be waited for before one reads or, with `write`, decides on a write; usually nothing. */
  pending(kind: "read" | "write"): Promise<void> | undefined {
    if (!this.#hasFailed || (kind === "read" && this.#isOpen)) return undefined;
    return this.#inTurn(async () => undefined);
  }

  /** Does a write after all others that were asked for before it. */
  write<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      try {
        return await work(this.#store);
      } catch (error) {
        // A refusal in AWS's words wrote nothing.
        if (error instanceof AwsError) throw error;
        this.#hasFailed = true;
        const reason = `a write failed: ${reasonOf(error)}`;
        console.error(`embedded dynamodb: ${reason}. It was refused, and so are others for now.`);
        throw unavailable(reason);
      }
    });
  }

  async close(): Promise<void> {
    await this.#lastTurn;
    if (this.#isOpen) await this.#store.db.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(async () => {
      if (this.#hasFailed) await this.#reopen();
      return await work();
    });
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** As long as there is no room for it, what there is can still be read. */
  async #reopen(): Promise<void> {
    if (this.#isOpen && !(await hasRoomToReopen(this.#path))) {
      throw unavailable("the disk is full");
    }
    if (this.#isOpen) {
      this.#isOpen = false;
      await this.#store.db.close();
    }
    try {
      this.#store = await openStore(this.#path);
    } catch (error) {
      throw unavailable(reasonOf(error));
    }
    this.#isOpen = true;
    this.#hasFailed = false;
    console.error("embedded dynamodb: the tables were opened anew; writes are accepted again.");
  }
}

function unavailable(reason: string): AwsError {
  return new AwsError("InternalServerError", `The embedded engine failed: ${reason}`, {
    status: 500,
  });
}
