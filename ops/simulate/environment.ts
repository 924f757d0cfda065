import type { Platform } from "../../shared/delivery/platform.ts";
import type { OutboxStore } from "../../shared/store/messages/outbox-store.ts";
import type { Database } from "../../shared/store/table/database.ts";
import type { Table } from "../../shared/store/table/table.ts";
import type { CallCounter, CallKind } from "./calls.ts";
import type { World } from "./world.ts";

/** How long a call to SQS or DynamoDB takes. */
export const callMs = 5;

/** What the SDK throws where a table takes no call. */
class Throttled extends Error {
  override readonly name = "ThrottlingException";
}

/**
 * One environment of a function, with the clock and the tables of a world. It may die in any of its calls,
 * before or after that took effect: nothing that it was at goes on then.
 */
export class Environment {
  readonly platform: Platform;
  readonly #world: World;
  readonly #crashes: () => boolean;
  #isDead = false;
  /** Told when it dies. */
  onDeath: () => void = () => {};

  readonly #calls: readonly CallCounter[];

  /** `besides` counts its calls, too. */
  constructor(world: World, isMortal = true, besides?: CallCounter) {
    this.#calls = besides ? [world.calls, besides] : [world.calls];
    this.#world = world;
    this.#crashes = isMortal ? world.crashes : () => false;
    const { clock, random, randomBytes } = world;
    this.platform = {
      database: this.#database(),
      sender: {
        send: (url, batch) => this.#call("SQS send", async () => world.accept(url, batch)),
        showAgain: (url, hidden) =>
          this.#call("SQS visibility", async () => world.showAgain(url, hidden)),
        readyCount: (url) => this.#call("SQS look", async () => world.readyCount(url)),
      },
      timers: {
        after: (ms, run) => clock.after(ms, () => this.#isDead || run()),
        wait: (ms) => this.#until(ms),
      },
      now: clock.now,
      random,
      randomBytes,
    };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The table that callers write to, which is always up. */
  get outbox(): OutboxStore {
    const { outbox } = this.#world;
    const read = <T>(run: () => Promise<T>) => this.#call("DynamoDB read", run);
    const write = <T>(run: () => Promise<T>) => this.#call("DynamoDB write", run);
    return {
      read: async (ids) =>
        (await Promise.all(ids.map((id) => read(() => outbox.read([id]))))).flat(),
      page: (after) => read(() => outbox.page(after)),
      takeUp: (row, timeMs) => write(() => outbox.takeUp(row, timeMs)),
      refuse: (row, reason) => write(() => outbox.refuse(row, reason)),
      remove: (row) => write(() => outbox.remove(row)),
    };
  }

  die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#world.observer.onCrash();
    this.onDeath();
  }

  /** Resolves after so long, unless the environment is dead by then, or dies there. */
  async wait(ms: number): Promise<void> {
    await this.#until(ms);
    if (this.#crashes()) await this.#deadEnd();
  }

  #until(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.clock.after(ms, () => this.#isDead || resolve());
    });
  }

  /** Takes its time and then effect, as one step that no other can come between. */
  async #call<T>(kind: CallKind, run: () => Promise<T>): Promise<T> {
    const { slowness, random } = this.#world;
    for (const calls of this.#calls) calls.add(kind);
    await this.#until(callMs * slowness());
    if (this.#crashes()) {
      if (random() < 0.5) await run();
      await this.#deadEnd();
    }
    return run();
  }

  #deadEnd(): Promise<never> {
    this.die();
    return new Promise(() => {});
  }

  #database(): Database {
    const { database, tablesAreUp } = this.#world;
    const unlessDown =
      <T>(run: () => Promise<T>) =>
      async () => {
        if (!tablesAreUp()) throw new Throttled("not now");
        return run();
      };
    const read = <T>(run: () => Promise<T>) => this.#call("DynamoDB read", unlessDown(run));
    const write = <T>(run: () => Promise<T>) => this.#call("DynamoDB write", unlessDown(run));
    return {
      open(name): Table {
        const table = database.open(name);
        return {
          ...table,
          get: (key) => read(() => table.get(key)),
          query: (options) => read(() => table.query(options)),
          put: (row, condition) => write(() => table.put(row, condition)),
          remove: (key, condition) => write(() => table.remove(key, condition)),
          update: (key, update, condition) => write(() => table.update(key, update, condition)),
        };
      },
      readAll: (wanted) => read(() => database.readAll(wanted)),
      writeAll: (name, rows) =>
        inBatches(rows, (batch) => write(() => database.writeAll(name, batch))),
      deleteAll: (name, keys) =>
        inBatches(keys, (batch) => write(() => database.deleteAll(name, batch))),
      transact: (items) => write(() => database.transact(items)),
    };
  }
}

/** The most that one call writes. */
const batchSize = 25;

async function inBatches<T>(all: readonly T[], work: (batch: T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += batchSize) {
    await work(all.slice(start, start + batchSize));
  }
}
