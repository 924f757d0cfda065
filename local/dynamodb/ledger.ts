import { setImmediate as nextTurn } from "node:timers/promises";
import type { Item, Level, Operation } from "dynalite/db/index.js";

type Generation = Map<string, Operation>;

/**
 * Every write of the engine, in one order. Writers read, decide and stage within one turn of the event loop, so no
 * two of them interleave and none needs a lock. What is staged while a batch is on its way to disk forms the next
 * one; a batch becomes durable as a whole or not at all.
 */
export interface Ledger {
  /** The newest item, durable or not: what a writer must decide by. */
  newest(key: string): Item | undefined;
  /** The item on disk: what a reader may see. */
  durable(key: string): Item | undefined;
  stage(operations: Operation[]): void;
  /** Resolves when everything staged so far is on disk; no writer may be answered earlier. */
  settled(): Promise<void>;
}

export function createLedger(level: Level): Ledger {
  let staged: Generation = new Map();
  let writing: Generation = new Map();
  let stagedWritten: Promise<void> | undefined;
  let written: Promise<void> | undefined;

  // Only item rows are read through here, and they hold nothing but items.
  const durable = (key: string) => level.getSync(key) as Item | undefined;

  const write = async (previous: Promise<void> | undefined) => {
    try {
      // A batch that failed takes along what was decided on top of it.
      await previous;
      if (!previous) await nextTurn();
    } catch (error) {
      staged.clear();
      stagedWritten = undefined;
      throw error;
    }
    writing = staged;
    staged = new Map();
    written = stagedWritten;
    stagedWritten = undefined;
    try {
      await level.batch([...writing.values()]);
    } finally {
      writing = new Map();
      written = undefined;
    }
  };

  return {
    newest(key) {
      const operation = staged.get(key) ?? writing.get(key);
      if (!operation) return durable(key);
      return operation.type === "put" ? (operation.value as Item) : undefined; // as above
    },
    durable,
    stage(operations) {
      for (const operation of operations) staged.set(operation.key, operation);
      stagedWritten ??= write(written);
    },
    async settled() {
      await (stagedWritten ?? written);
    },
  };
}
