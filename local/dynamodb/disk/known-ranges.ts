import type { Item, Operation, Range } from "dynalite/db/index.js";

/**
 * Ranges of rows as they were last read, each until something is written in it: whoever publishes asks for the same
 * subscribers again and again. A read of LevelDB's takes another thread, which is most of what a short one costs.
 */
export interface KnownRanges {
  get(range: Range): readonly Item[] | undefined;
  /** Says that a range is read now; what this returns takes the rows, and keeps them unless some were written meanwhile. */
  reading(range: Range): (rows: readonly Item[] | undefined) => void;
  /** Says that these operations may show from now on. */
  forget(operations: readonly Operation[]): void;
  forgetAll(): void;
}

interface Reading {
  range: Range;
  isWhole: boolean;
}

const maxRanges = 32;
const maxTextLength = 100_000;

export function createKnownRanges(): KnownRanges {
  const known = new Map<string, { range: Range; rows: readonly Item[] }>();
  const underWay = new Set<Reading>();
  return {
    get: (range) => known.get(nameOf(range))?.rows,
    reading(range) {
      const reading = { range, isWhole: true };
      underWay.add(reading);
      return (rows) => {
        underWay.delete(reading);
        if (!rows || !reading.isWhole || JSON.stringify(rows).length > maxTextLength) return;
        if (known.size >= maxRanges) known.clear();
        known.set(nameOf(range), { range, rows });
      };
    },
    forget(operations) {
      for (const [name, { range }] of known) if (touches(operations, range)) known.delete(name);
      for (const one of underWay) if (touches(operations, one.range)) one.isWhole = false;
    },
    forgetAll() {
      known.clear();
      for (const one of underWay) one.isWhole = false;
    },
  };
}

function nameOf({ gt, gte, lt, lte, reverse, limit }: Range): string {
  return JSON.stringify([gt, gte, lt, lte, reverse, limit]);
}

/** Keys are of names and hex digits, which text and bytes order alike. */
function touches(operations: readonly Operation[], { gt, gte, lt, lte }: Range): boolean {
  return operations.some(
    ({ key }) =>
      (gt === undefined || key > gt) &&
      (gte === undefined || key >= gte) &&
      (lt === undefined || key < lt) &&
      (lte === undefined || key <= lte),
  );
}
