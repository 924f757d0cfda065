/** A binary heap: `take` gives the item that comes before all others. */
export class Heap<T> {
  readonly #comesBefore: (one: T, other: T) => boolean;
  #items: T[] = [];

  constructor(comesBefore: (one: T, other: T) => boolean) {
    this.#comesBefore = comesBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  first(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    let hole = this.#items.length;
    this.#items.push(item);
    while (hole > 0) {
      const parentIndex = (hole - 1) >> 1;
      const parent = this.#items[parentIndex];
      if (parent === undefined || !this.#comesBefore(item, parent)) break;
      this.#items[hole] = parent;
      hole = parentIndex;
    }
    this.#items[hole] = item;
  }

  take(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return first;
  }

  /** Drops the items that no longer count. */
  keep(counts: (item: T) => boolean): void {
    const kept = this.#items.filter(counts);
    this.#items = [];
    for (const item of kept) this.push(item);
  }

  #sink(item: T): void {
    let hole = 0;
    for (;;) {
      const childIndex = this.#firstChild(hole);
      const child = this.#items[childIndex];
      if (child === undefined || !this.#comesBefore(child, item)) break;
      this.#items[hole] = child;
      hole = childIndex;
    }
    this.#items[hole] = item;
  }

  #firstChild(index: number): number {
    const left = 2 * index + 1;
    const [one, other] = [this.#items[left], this.#items[left + 1]];
    return one !== undefined && other !== undefined && this.#comesBefore(other, one)
      ? left + 1
      : left;
  }
}
