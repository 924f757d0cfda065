interface Entry<T> {
  readonly order: number;
  /** Of two of the same order the one pushed first comes first. */
  readonly turn: number;
  readonly value: T;
}

/** A binary heap: the value of the lowest order comes out first. */
export class Heap<T> {
  readonly #entries: Entry<T>[] = [];
  #turns = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The lowest order, or infinity when it is empty. */
  get lowest(): number {
    return this.#entries[0]?.order ?? Number.POSITIVE_INFINITY;
  }

  push(order: number, value: T): void {
    const entry = { order, turn: this.#turns++, value };
    let at = this.#entries.length;
    while (at > 0) {
      const above = Math.floor((at - 1) / 2);
      const parent = this.#entries[above];
      if (!parent || isBefore(parent, entry)) break;
      this.#entries[at] = parent;
      at = above;
    }
    this.#entries[at] = entry;
  }

  pop(): T | undefined {
    const first = this.#entries[0];
    const last = this.#entries.pop();
    if (!first || !last) return undefined;
    if (this.#entries.length > 0) this.#sink(last);
    return first.value;
  }

  /** Puts an entry where the first one was, and lets it down to its place. */
  #sink(entry: Entry<T>): void {
    let at = 0;
    for (;;) {
      const left = this.#entries[2 * at + 1];
      const right = this.#entries[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (!below || isBefore(entry, below)) break;
      this.#entries[at] = below;
      at = 2 * at + (isRight ? 2 : 1);
    }
    this.#entries[at] = entry;
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.order < b.order || (a.order === b.order && a.turn < b.turn);
}
