/** What the operations take and return, as generators of clients in any language read it. */
export type Type =
  | { readonly kind: "text" | "time" | "integer" | "number" | "boolean" | "json" }
  | { readonly kind: "constant"; readonly value: string | boolean }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "list" | "map" | "nullable"; readonly of: Type }
  | { readonly kind: "union"; readonly of: readonly Type[] };

export interface Field {
  /** As it is on the wire. */
  readonly name: string;
  readonly type: Type;
  readonly isRequired: boolean;
  readonly description: string;
}

interface Named {
  readonly name: string;
  readonly description: string;
}

export type Declaration = Named &
  (
    | { readonly kind: "object"; readonly fields: readonly Field[] }
    | { readonly kind: "choice"; readonly values: readonly string[] }
    | { readonly kind: "alias"; readonly type: Type }
  );

export interface ModelOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly isBare: boolean;
  /** Of an operation with a body: the fields of its query. */
  readonly queryFields: readonly string[];
  readonly summary: string;
  readonly description: string;
  /** Of the path, the query and the body, side by side. Without the body of what is published. */
  readonly fields: readonly Field[];
  readonly headers: readonly Field[];
  readonly response: Type;
  /** The field that holds the items of a page, and their type; undefined where nothing is paged. */
  readonly items: { readonly field: string; readonly type: Type } | undefined;
}

export interface Model {
  readonly declarations: readonly Declaration[];
  readonly operations: readonly ModelOperation[];
}

/** The clients write these by hand, since they take values in forms that JSON has not. */
export const writtenByHand: ReadonlySet<string> = new Set(["publish", "publishBatch"]);
