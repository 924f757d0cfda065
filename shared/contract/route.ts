import type * as z from "zod/mini";
import type { Permission } from "./permission.ts";
import type { RefusalStatus } from "./refusals.ts";

export type Method = "GET" | "PUT" | "POST" | "DELETE";

/** How an operation is reached, in plain data: clients read it, and need no schema to run. */
export interface Endpoint {
  readonly method: Method;
  readonly path: `/api/v1/${string}`;
  /** Returns the bare value, without the envelope. */
  readonly bare?: true;
  /** Of an operation with a body: the fields of its query. */
  readonly queryFields?: readonly string[];
}

/** What the document groups operations by. */
export type Tag = "webhooks" | "messages" | "eventTypes" | "portal" | "meta";

interface Example {
  /** Left out where no JSON is sent. */
  readonly body?: unknown;
  /** What the envelope holds. */
  readonly response: unknown;
}

/** One operation: everything that the gateway, the wrapper, OpenAPI and the clients know about it. */
export interface Route extends Endpoint {
  /** Its name in the table of operations, and everywhere else. */
  readonly id: string;
  readonly tag: Tag;
  /** What the key must be allowed to do; `session`: any portal session, and no key; null needs neither. */
  readonly permission: Permission | "session" | null;
  /** A setting may do without a key. */
  readonly mayBePublic?: true;
  /**
   * Whether a portal session may call it. One that is open shows and changes nothing outside the session's topics:
   * test/security/portal-isolation.test.ts calls each of them.
   */
  readonly portal: "open" | "closed";
  /** Only for keys that cover every cache: it is for operators, not for a tenant. */
  readonly needsAllCaches?: true;
  readonly params: z.core.$ZodType;
  readonly query?: z.core.$ZodType;
  readonly headers?: z.core.$ZodType;
  /** A schema of the JSON body, or `bytes` where the body itself is the value. */
  readonly body?: z.core.$ZodType | "bytes";
  /** The body as documents show it, where the parts of it are parsed one by one. */
  readonly bodyInDocs?: z.core.$ZodType;
  /** What a JSON body may have; a longer one is a 413 and is not parsed. Without it, one over 256 KiB is a bad body. */
  readonly maxBodyBytes?: number;
  /** The usual status first. */
  readonly statuses: readonly [number, ...number[]];
  /** The statuses that refuse it, beside those that may refuse any operation. */
  readonly refusals: readonly RefusalStatus[];
  readonly response: z.core.$ZodType;
  /** Responses with a secret are not to be cached by anyone. */
  readonly returnsSecret?: true;
  /** Responses carry an `ETag`. */
  readonly returnsVersion?: true;
  readonly summary: string;
  readonly description: string;
  /** Null where the document itself is the response. */
  readonly example: Example | null;
}
