import { Heap } from "./simulate-heap.ts";

interface Row<T> {
  readonly order: number;
  readonly value: T;
}

/** The rows of one partition, in the order of a number in their sort key. */
export class OrderedRows<T> {
  readonly #rows = new Map<string, Row<T>>();
  /** Keys by order; those of rows deleted since are passed over. */
  readonly #index = new Heap<string>();

  get size(): number {
    return this.#rows.size;
  }

  put(key: string, order: number, value: T): void {
    if (this.#rows.get(key)?.order !== order) this.#index.push(order, key);
    this.#rows.set(key, { order, value });
  }

  /** Up to `limit` rows up to that order, without taking them away. */
  first(limit: number, upTo = Number.POSITIVE_INFINITY): { key: string; value: T }[] {
    const found: { key: string; value: T }[] = [];
    const passed = new Set<string>();
    while (found.length < limit && this.#index.size > 0 && this.#index.lowest <= upTo) {
      const order = this.#index.lowest;
      const key = this.#index.pop();
      const row = key === undefined ? undefined : this.#rows.get(key);
      if (key === undefined || row?.order !== order || passed.has(key)) continue;
      passed.add(key);
      found.push({ key, value: row.value });
    }
    for (const { key } of found) this.#index.push(this.#rows.get(key)?.order ?? 0, key);
    return found;
  }

  remove(key: string): void {
    this.#rows.delete(key);
  }
}
