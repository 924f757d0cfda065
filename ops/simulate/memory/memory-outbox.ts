import { isDeepStrictEqual } from "node:util";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { outboxMarks } from "../../../shared/contract/outbox.ts";
import {
  headOf,
  type OutboxRef,
  type OutboxStore,
  rowOf,
} from "../../../shared/store/messages/outbox-store.ts";
import { type Attributes, type Row, toItem } from "../../../shared/store/table/rows.ts";

const pageRows = 100;

/** The outbox in memory; the suite of the store's tests runs on both. */
export class MemoryOutbox implements OutboxStore {
  readonly items = new Map<string, Attributes>();

  /** As its writer puts it, whatever lay there before. Returns whether nothing did. */
  put(row: Row & { readonly id: string }): boolean {
    const isNew = !this.items.has(row.id);
    this.items.set(row.id, toItem(row));
    return isNew;
  }

  reasons(): Record<string, string | undefined> {
    const entries = [...this.items].map(([id, item]) => [id, item[outboxMarks.reason]?.S]);
    return Object.fromEntries(entries);
  }

  read: OutboxStore["read"] = async (ids) =>
    ids.flatMap((id) => {
      const item = this.items.get(id);
      return item ? [rowOf(id, item)] : [];
    });

  page: OutboxStore["page"] = async (after) => {
    const all = [...this.items.keys()].sort();
    const rest = after === undefined ? all : all.filter((id) => id > after);
    const ids = rest.slice(0, pageRows);
    const heads = ids.map((id) => headOf(this.items.get(id) ?? {}));
    return { heads, last: ids.length < rest.length ? ids.at(-1) : undefined };
  };

  takeUp: OutboxStore["takeUp"] = async (row, timeMs) => {
    const item = this.#same(row);
    if (!item || !isDeepStrictEqual(item[outboxMarks.timeMs], row.mark)) return false;
    this.#set(row.id, outboxMarks.timeMs, { N: String(timeMs) });
    return true;
  };

  refuse: OutboxStore["refuse"] = async (row, reason) => {
    if (this.#same(row)) this.#set(row.id, outboxMarks.reason, { S: reason });
  };

  remove: OutboxStore["remove"] = async (row) => {
    if (this.#same(row)) this.items.delete(row.id);
  };

  #same({ id, time }: OutboxRef): Attributes | undefined {
    const item = this.items.get(id);
    return item && isDeepStrictEqual(item.time, time) ? item : undefined;
  }

  #set(id: string, name: string, value: AttributeValue): void {
    this.items.set(id, { ...this.items.get(id), [name]: value });
  }
}
