import { itemBytes } from "../../../local/dynamodb/engine/item-size.ts";
import type { Row, SecondaryIndex } from "./dynamodb-input.ts";

const writeUnitBytes = 1024;

/** Knows every row that was written through it, and what each change of one costs. */
export class StoredRows {
  readonly #rows = new Map<string, Row>();
  readonly #indexes: readonly SecondaryIndex[];

  constructor(indexes: readonly SecondaryIndex[]) {
    this.#indexes = indexes;
  }

  /** Puts the row in place of what is there, or nothing, and answers the write units of that. */
  change(table: string, key: Row, after: Row | undefined): number {
    const name = JSON.stringify([table, key.pk ?? key.keyId ?? key.id, key.sk]);
    const before = this.#rows.get(name);
    if (after) this.#rows.set(name, after);
    else this.#rows.delete(name);
    const own = Math.max(units(before), units(after), 1);
    return this.#indexes.reduce((sum, index) => sum + indexUnits(index, before, after), own);
  }
}

function units(row: Row | undefined): number {
  return row ? Math.ceil(itemBytes(row) / writeUnitBytes) : 0;
}

/** A row that comes, goes or changes in an index is a write; one that moves to another key is two. */
function indexUnits(
  index: SecondaryIndex,
  before: Row | undefined,
  after: Row | undefined,
): number {
  const [old, fresh] = [projected(index, before), projected(index, after)];
  if (JSON.stringify(old) === JSON.stringify(fresh)) return 0;
  const moves = old && fresh && JSON.stringify(old[index.key]) !== JSON.stringify(fresh[index.key]);
  return moves ? units(old) + units(fresh) : Math.max(units(old), units(fresh));
}

/** What the index holds of the row, in one order; nothing without the index's key. */
function projected({ key, attributes }: SecondaryIndex, row: Row | undefined): Row | undefined {
  if (!row?.[key]) return undefined;
  const names = ["pk", "sk", key, ...attributes].sort();
  return Object.fromEntries(
    names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])),
  );
}
