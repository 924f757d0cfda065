// The parts of dynalite 4.0.0 that the engine is built from; the package ships no types.

declare module "dynalite/db/index.js" {
  /** An attribute value in wire form: `{ S: "text" }`. */
  export type AttributeValue = Record<string, unknown>;
  export type Item = Record<string, AttributeValue>;

  export interface KeyElement {
    AttributeName: string;
    KeyType: string;
  }

  export interface Index {
    IndexName: string;
    KeySchema: KeyElement[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
    IndexArn?: string;
    IndexStatus?: string;
  }

  export interface Table {
    TableName: string;
    TableStatus: "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
    KeySchema: KeyElement[];
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    GlobalSecondaryIndexes?: Index[];
    LocalSecondaryIndexes?: Index[];
  }

  export interface DynaliteError extends Error {
    statusCode?: number;
    body?: { __type: string; message?: string; Message?: string };
  }

  export type Callback<T> = (error: DynaliteError | null, result?: T) => void;
  export type Action = (store: ItemStore, data: object, callback: Callback<object>) => void;

  export interface Range {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    reverse?: boolean;
    limit?: number;
  }

  /** One set of rows, as the actions on items use it. */
  export interface Rows {
    lock: (key: string, run: (release: <C>(callback: C) => C) => void) => void;
    get: (key: string, callback: Callback<Item>) => void;
    put: (key: string, item: Item, callback: Callback<void>) => void;
    del: (key: string, callback: Callback<void>) => void;
    createValueStream: (range: Range) => NodeJS.EventEmitter;
  }

  /** The store, as the actions on items use it. */
  export interface ItemStore {
    options: { maxItemSize: number };
    /** The flag may be left out. */
    getTable: (name: string, flag: boolean | Callback<Table>, callback?: Callback<Table>) => void;
    getItemDb: (tableName: string) => Rows;
    getIndexDb: (scope: string, tableName: string, indexName: string) => Rows;
  }

  export type Operation =
    | { type: "put"; key: string; value: unknown }
    | { type: "del"; key: string };

  interface Cursor<T> {
    nextv: (size: number) => Promise<T[]>;
    close: () => Promise<void>;
  }

  /** The rows of all tables. */
  export interface Level {
    getSync: (key: string) => unknown;
    clear: (range: Range) => Promise<void>;
    batch: (operations: Operation[]) => Promise<void>;
    values: (range: Range & { highWaterMarkBytes?: number }) => Cursor<Item>;
    iterator: (range: Range) => Cursor<[string, unknown]>;
  }

  export interface Store extends ItemStore {
    db: Level & { open: () => Promise<void>; close: () => Promise<void> };
    tableDb: { awsRegion: string; awsAccountId: string };
  }

  export function create(options: {
    path: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }): Store;
  type Compare = (
    comparison: string,
    value: AttributeValue | undefined,
    others: AttributeValue | (AttributeValue | undefined)[] | undefined,
  ) => boolean;

  type UpdateIndexes = (
    store: ItemStore,
    table: Table,
    before: Item | undefined,
    after: Item | undefined,
    callback: Callback<void>,
  ) => void;

  /** What an expression may name; whoever parses it takes those away that it uses. */
  export interface ExpressionContext {
    attrNames?: Record<string, string>;
    attrVals?: Record<string, AttributeValue>;
    unusedAttrNames: Record<string, boolean>;
    unusedAttrVals: Record<string, boolean>;
    isReserved: (name: string) => boolean;
    compare: Compare;
  }

  export interface ExpressionParser {
    /** Returns what is wrong as a text. */
    parse: (text: string, options: { context: ExpressionContext }) => unknown;
  }

  /** The module itself, whose members dynalite's own files look up at every call. */
  const dynalite: { compare: Compare; updateIndexes: UpdateIndexes };
  // biome-ignore lint/style/noDefaultExport: this is how Node hands over a CommonJS module.
  export default dynalite;

  export function createKey(item: object, table: Table): string;
  export function itemSize(item: object): number;
  export function getIndexActions(
    indexes: Index[],
    before: Item | undefined,
    after: Item | undefined,
    table: Table,
  ): {
    puts: { index: string; key: string; item: Item }[];
    deletes: { index: string; key: string }[];
  };
}

declare module "dynalite/actions/*" {
  import type { Action } from "dynalite/db/index.js";

  const action: Action;
  export = action;
}

declare module "dynalite/db/*Parser.js" {
  import type { ExpressionParser } from "dynalite/db/index.js";

  const parser: ExpressionParser;
  // biome-ignore lint/style/noDefaultExport: as above.
  export default parser;
}

declare module "dynalite/validations/index.js" {
  import type { ItemStore } from "dynalite/db/index.js";

  export function checkTypes(input: object, types: object): object;
  export function checkValidations(
    input: object,
    types: object,
    custom: unknown,
    store: ItemStore,
  ): void;
}

declare module "dynalite/validations/*" {
  const rules: { types: object; custom?: unknown };
  export = rules;
}
