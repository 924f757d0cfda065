import type * as z from "zod/mini";
import type { Route } from "../shared/contract/route.ts";
import type { OperationId, routes } from "../shared/contract/routes.ts";

// Types alone: what runs in a client needs no schema, only the endpoints.

type Routes = typeof routes;

/** What a part of a request holds; `unknown` adds nothing where an operation has no such part. */
type PartOf<Id extends OperationId, Part extends keyof Route> = Routes[Id] extends {
  readonly [K in Part]: infer Schema extends z.core.$ZodType;
}
  ? Fields<NonNullable<z.output<Schema>>>
  : unknown;

/** An object without fields has every field, of a type that nothing is; beside others it must add nothing. */
type Fields<Output> = string extends keyof Output ? unknown : Output;

/** One object type in place of an intersection, so that editors show its fields. */
type Flat<T> = { [K in keyof T]: T[K] };

/** What an operation takes: its path's, query's and body's fields side by side, for no two share a name. */
export type InputOf<Id extends OperationId> =
  unknown extends PartsOf<Id> ? Record<string, never> : Flat<PartsOf<Id>>;

type PartsOf<Id extends OperationId> = PartOf<Id, "params"> &
  PartOf<Id, "query"> &
  PartOf<Id, "body">;

export type ResponseOf<Id extends OperationId> = z.output<Routes[Id]["response"]>;

/** The headers that an operation knows, beside those that every request carries, as they are sent. */
export type HeadersOf<Id extends OperationId> = Routes[Id] extends {
  readonly headers: infer Schema extends z.core.$ZodType;
}
  ? z.input<Schema>
  : Record<string, never>;

/** Nothing has changed since the version that the caller knows. */
export type NotModified<Id extends OperationId> = 304 extends Routes[Id]["statuses"][number]
  ? undefined
  : never;

/** These answer pages. */
export type ListId = {
  [Id in OperationId]: ResponseOf<Id> extends { nextCursor: unknown } ? Id : never;
}[OperationId];

/** These take values in forms that JSON has not, and keys against doubles. */
type PublishId = "publish" | "publishBatch";

/** These are called as the table describes them. */
export type PlainId = Exclude<OperationId, PublishId>;
