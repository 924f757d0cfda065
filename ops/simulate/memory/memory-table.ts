import type { Key } from "../../../shared/store/keys.ts";
import type { Expression, QueryOptions, Row } from "../../../shared/store/table/rows.ts";
import type { Page } from "../../../shared/store/table/table.ts";
import { meets } from "./conditions.ts";
import { Partition } from "./partition.ts";
import { updated } from "./updates.ts";

/** One table: rows by partition, and indexes over an attribute, made when first asked for. */
export class MemoryTable {
  readonly #partitions = new Map<string, Partition>();
  readonly #counts = new Map<string, number>();
  readonly #indexes = new Map<string, Map<string, Partition>>();
  /** Told of every row that is written. */
  onWrite: (row: Row) => void = () => {};

  get({ pk, sk }: Key): Row | undefined {
    return this.#partitions.get(pk)?.get(sk);
  }

  clear(): void {
    this.#partitions.clear();
    this.#counts.clear();
    this.#indexes.clear();
  }

  /** How many rows there are of a kind: it is the first part of their partition keys. */
  count(kind: string): number {
    return this.#counts.get(kind) ?? 0;
  }

  query(options: QueryOptions): Page {
    const { pk, index } = options;
    const partitions = index ? this.#indexOf(index.key) : this.#partitions;
    const found = partitions.get(pk)?.query(options);
    if (!found) return { rows: [], last: undefined };
    const last = found.hasMore ? found.rows.at(-1) : undefined;
    return { rows: found.rows, last: last && String(last.sk) };
  }

  /** Returns undefined when written, or the row that stood in the way of the condition. */
  put(row: Row & Key, condition?: Expression): Row | undefined {
    const standing = this.get(row);
    if (!meets(standing, condition)) return standing ?? {};
    this.#write(row, standing, row);
    return undefined;
  }

  /** Returns whether the condition held. */
  remove(key: Key, condition?: Expression): boolean {
    const standing = this.get(key);
    if (!meets(standing, condition)) return false;
    this.#write(key, standing, undefined);
    return true;
  }

  /** Returns the row as it is now, or undefined when the condition did not hold. */
  update(key: Key, update: Expression, condition?: Expression): Row | undefined {
    const standing = this.get(key);
    if (condition && !meets(standing, both(update, condition))) return undefined;
    const next = updated(standing ?? { ...key }, update);
    this.#write(key, standing, next);
    return next;
  }

  #write({ pk, sk }: Key, before: Row | undefined, after: Row | undefined): void {
    if (after) partitionOf(this.#partitions, pk).set(sk, after);
    else this.#partitions.get(pk)?.delete(sk);
    const kind = pk.slice(0, pk.indexOf("/"));
    this.#counts.set(kind, this.count(kind) + Number(Boolean(after)) - Number(Boolean(before)));
    for (const [attribute, partitions] of this.#indexes) {
      unlist(partitions, attribute, before);
      list(partitions, attribute, after);
    }
    if (after) this.onWrite(after);
  }

  #indexOf(attribute: string): Map<string, Partition> {
    const known = this.#indexes.get(attribute);
    if (known) return known;
    const partitions = new Map<string, Partition>();
    for (const partition of this.#partitions.values()) {
      for (const row of partition.rows()) list(partitions, attribute, row);
    }
    this.#indexes.set(attribute, partitions);
    return partitions;
  }
}

/** A request has one list of names and one of values, for the condition and the update. */
function both(update: Expression, { text, names, values }: Expression): Expression {
  const bound = { ...update.names, ...names };
  return { text, names: bound, values: { ...update.values, ...values } };
}

function list(partitions: Map<string, Partition>, attribute: string, row: Row | undefined): void {
  if (row?.[attribute] === undefined) return;
  partitionOf(partitions, String(row[attribute])).set(placeIn(row), row);
}

function unlist(partitions: Map<string, Partition>, attribute: string, row: Row | undefined): void {
  if (row?.[attribute] === undefined) return;
  partitions.get(String(row[attribute]))?.delete(placeIn(row));
}

/** An index may hold several rows of one sort key. */
function placeIn({ pk, sk }: Row): string {
  return `${sk}\0${pk}`;
}

function partitionOf(partitions: Map<string, Partition>, pk: string): Partition {
  const known = partitions.get(pk);
  if (known) return known;
  const partition = new Partition();
  partitions.set(pk, partition);
  return partition;
}
