interface Refusal {
  /** How the document of the API calls it. */
  readonly name: string;
  readonly description: string;
  /** The gateway refuses some by itself, before any function is called, in a shape of its own. */
  readonly from: "service" | "gateway" | "either";
}

/** Every status that refuses a request, and when. */
export const refusals = {
  400: {
    name: "InvalidArgument",
    description:
      "A bad path, query, header or body: not JSON, or a malformed name, id or cursor. `details` " +
      "lists every bad field.",
    from: "either",
  },
  401: {
    name: "Unauthorized",
    description: "There is no `Authorization` header.",
    from: "gateway",
  },
  403: {
    name: "Forbidden",
    description:
      "The key does not cover this cache or this permission; or it is unknown, expired or revoked.",
    from: "either",
  },
  404: {
    name: "NotFound",
    description:
      "Unknown, or not within the key's caches; or, from the gateway, no such path. The gateway decodes a path " +
      "before it looks for the operation, so an encoded slash in a name separates as a plain one does.",
    from: "either",
  },
  409: {
    name: "Conflict",
    description:
      "`ALREADY_EXISTS_ERROR`: the `Idempotency-Key` was used for another message within 24 hours. " +
      "`FAILED_PRECONDITION_ERROR` has these reasons. The webhook is inactive, or the message to " +
      "send again has expired. A recovery of the webhook is running, which `details` names. The " +
      "cache is suspended. The message has been forwarded too often (`webhook-hops`). Or others " +
      "were changing the same thing at the same time: try again.",
    from: "service",
  },
  412: {
    name: "Stale",
    description: "The webhook does not have the version that `If-Match` names.",
    from: "service",
  },
  413: {
    name: "TooLarge",
    description:
      "A message can have 262,144 bytes, a batch 1,048,576, and a document to import 4,194,304.",
    from: "either",
  },
  415: {
    name: "UnknownType",
    description:
      "There is no `Content-Type` for the value, text has another charset than UTF-8, or there is " +
      "a `Content-Encoding`. Bodies are not inflated, as `accept-encoding` says.",
    from: "service",
  },
  429: {
    name: "LimitExceeded",
    description:
      "A quota of the service is used up, or requests come too fast for the service or the " +
      "gateway. If waiting helps, `retry-after` has the seconds.",
    from: "either",
  },
  500: {
    name: "InternalError",
    description: "A bug of ours. The log has the cause under the answer's `x-request-id`.",
    from: "either",
  },
  503: {
    name: "Unavailable",
    description: "Nothing was accepted. Try again after `retry-after` seconds.",
    from: "either",
  },
} as const satisfies Record<number, Refusal>;

export type RefusalStatus = keyof typeof refusals;

/** What may refuse any operation that needs a key. */
export const usualRefusals: readonly RefusalStatus[] = [400, 401, 403, 413];
/** What may refuse any operation at all. */
export const alwaysPossible: readonly RefusalStatus[] = [429, 500, 503];
