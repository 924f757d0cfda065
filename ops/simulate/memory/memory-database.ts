import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Key } from "../../../shared/store/keys.ts";
import type { Cancelled, Database } from "../../../shared/store/table/database.ts";
import {
  type Attributes,
  type Expression,
  fromItem,
  type Row,
} from "../../../shared/store/table/rows.ts";
import { transactWrites } from "../../../shared/store/table/table.ts";
import { meets } from "./conditions.ts";
import { MemoryTable } from "./memory-table.ts";

/** DynamoDB, as far as the stores use it. */
export class MemoryDatabase implements Database {
  readonly #tables = new Map<string, MemoryTable>();

  table(name: string): MemoryTable {
    const known = this.#tables.get(name);
    if (known) return known;
    const table = new MemoryTable();
    this.#tables.set(name, table);
    return table;
  }

  /** Takes every row away; tables that are open stay open. */
  clear(): void {
    for (const table of this.#tables.values()) table.clear();
  }

  open(name: string): ReturnType<Database["open"]> {
    const table = this.table(name);
    return {
      get: async (key) => table.get(key),
      query: async (options) => table.query(options),
      count: async (options, most) => table.query({ ...options, limit: most }).rows.length,
      put: async (row, condition) => table.put(row, condition),
      remove: async (key, condition) => table.remove(key, condition),
      update: async (key, update, condition) => table.update(key, update, condition),
      ...transactWrites(name),
    };
  }

  readAll: Database["readAll"] = async (wanted) =>
    Object.fromEntries(
      Object.entries(wanted).map(([name, keys]): [string, Row[]] => {
        const table = this.table(name);
        return [name, rowsOf(table, keys)];
      }),
    );

  writeAll: Database["writeAll"] = async (name, rows) => {
    const table = this.table(name);
    // Every row of a table has its key; the type of a row does not say so.
    for (const row of rows) table.put(row as typeof row & Key);
  };

  deleteAll: Database["deleteAll"] = async (name, keys) => {
    const table = this.table(name);
    for (const key of keys) table.remove(key);
  };

  async transact(items: TransactWriteItem[]): Promise<Cancelled | undefined> {
    const writes = items.map((item) => this.#writeOf(item));
    const failed = writes.flatMap(({ isAllowed }, index) => (isAllowed() ? [] : [index]));
    if (failed.length > 0) return { failed };
    for (const { write } of writes) write();
    return undefined;
  }

  #writeOf({ Put, Delete, Update, ConditionCheck }: TransactWriteItem) {
    const request = Put ?? Delete ?? Update ?? ConditionCheck;
    if (!request?.TableName) throw new Error("not a write");
    const table = this.table(request.TableName);
    const key = keyOf(Put ? Put.Item : (Delete ?? Update ?? ConditionCheck)?.Key);
    const condition = expressionOf(request.ConditionExpression, request);
    const update = expressionOf(Update?.UpdateExpression, request);
    return {
      isAllowed: () => meets(table.get(key), condition),
      write() {
        if (Put) table.put({ ...fromItem(Put.Item ?? {}), ...key });
        else if (update) table.update(key, update);
        else if (Delete) table.remove(key);
      },
    };
  }
}

function rowsOf(table: MemoryTable, keys: readonly Key[]): Row[] {
  return keys.map((key) => table.get(key)).filter((row) => row !== undefined);
}

function keyOf(item: Attributes = {}): Key {
  const { pk, sk } = fromItem(item);
  return { pk: String(pk), sk: String(sk) };
}

interface Request {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Attributes | undefined;
}

function expressionOf(text: string | undefined, request: Request): Expression | undefined {
  if (text === undefined) return undefined;
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
  return { text, names, values: fromItem(values) };
}
