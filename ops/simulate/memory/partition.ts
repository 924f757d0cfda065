import type { QueryOptions, Row } from "../../../shared/store/table/rows.ts";

interface Found {
  readonly rows: Row[];
  /** Whether others follow, or may. */
  readonly hasMore: boolean;
}

/** The rows of one partition by their sort keys. They are put into order when first asked for in order. */
export class Partition {
  readonly #rows = new Map<string, Row>();
  #order: string[] | undefined;

  rows(): Iterable<Row> {
    return this.#rows.values();
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  set(key: string, row: Row): void {
    if (this.#order && !this.#rows.has(key)) this.#order.splice(placeOf(this.#order, key), 0, key);
    this.#rows.set(key, row);
  }

  delete(key: string): void {
    if (!this.#rows.delete(key) || !this.#order) return;
    const place = placeOf(this.#order, key);
    if (place === 0) this.#order.shift();
    else this.#order.splice(place, 1);
  }

  /** The rows that a query asks for, and whether more would follow. */
  query({ prefix = "", before, newestOf, oldestOf, after, limit }: QueryOptions): Found {
    this.#order ??= [...this.#rows.keys()].sort();
    const order = this.#order;
    const [from, to] = newestOf ?? oldestOf ?? [prefix, undefined];
    let start = placeOf(order, from);
    let end = order.length;
    if (to !== undefined) end = placeOf(order, `${to}${behind}`);
    else if (before !== undefined) end = placeOf(order, before);
    else if (prefix !== "") end = placeOf(order, `${prefix}\uffff`);
    if (after !== undefined && newestOf) end = Math.min(end, placeOf(order, after));
    else if (after !== undefined) start = Math.max(start, placeOf(order, `${after}${behind}`));
    const count = Math.max(0, Math.min(limit ?? pageSize, end - start));
    const keys = newestOf
      ? order.slice(end - count, end).reverse()
      : order.slice(start, start + count);
    const rows = keys.map((key) => this.#rows.get(key)).filter((row) => row !== undefined);
    return { rows, hasMore: count === limit || end - start > count };
  }
}

/** Follows a sort key, also where a part of the primary key stands behind it. */
const behind = "\x01";

/** What DynamoDB takes for a megabyte depends on the rows; none of ours are read by more at once. */
const pageSize = 1_000;

/** Where a key is in the order, or would be. */
function placeOf(order: readonly string[], key: string): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
