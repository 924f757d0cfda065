import { setImmediate as nextTurn } from "node:timers/promises";
import type { Item, Level, Operation } from "dynalite/db/index.js";

type Generation = Map<string, Operation>;

/**
 * Every write of the engine, in one order. Writers read, decide and stage within one turn of the event loop, so no
 * two of them interleave and none needs a lock. What is staged while a batch is on its way to disk forms the next
 * one; a batch becomes durable as a whole or not at all.
 */
export class Ledger {
  readonly #level: Level;
  #staged: Generation = new Map();
  #writing: Generation = new Map();
  #stagedWritten: Promise<void> | undefined;
  #written: Promise<void> | undefined;

  constructor(level: Level) {
    this.#level = level;
  }

  /** The newest item, durable or not: what a writer must decide by. */
  newest(key: string): Item | undefined {
    const operation = this.#staged.get(key) ?? this.#writing.get(key);
    if (!operation) return this.durable(key);
    // Only item rows are read through here, and they hold nothing but items.
    return operation.type === "put" ? (operation.value as Item) : undefined;
  }

  /** The item on disk: what a reader may see. */
  durable(key: string): Item | undefined {
    return this.#level.getSync(key) as Item | undefined; // as above
  }

  stage(operations: Operation[]): void {
    for (const operation of operations) this.#staged.set(operation.key, operation);
    this.#stagedWritten ??= this.#write(this.#written);
  }

  /** Resolves when everything staged so far is on disk; no writer may be answered earlier. */
  async settled(): Promise<void> {
    await (this.#stagedWritten ?? this.#written);
  }

  async #write(previous: Promise<void> | undefined): Promise<void> {
    try {
      // A batch that failed takes along what was decided on top of it.
      await previous;
      if (!previous) await nextTurn();
    } catch (error) {
      this.#staged.clear();
      this.#stagedWritten = undefined;
      throw error;
    }
    this.#writing = this.#staged;
    this.#staged = new Map();
    this.#written = this.#stagedWritten;
    this.#stagedWritten = undefined;
    try {
      await this.#level.batch([...this.#writing.values()]);
    } finally {
      this.#writing = new Map();
      this.#written = undefined;
    }
  }
}
