import { endpoints } from "../shared/contract/endpoints.ts";
import { type Content, type Contents, jsonTextOf } from "./content.ts";
import type { InputOf } from "./operations.ts";
import { fillPath, queryOf, type ServiceRequest } from "./request.ts";

export type PublishInput = InputOf<"publish"> &
  Content & {
    /** Default: `application/json`, `text/plain` or `application/octet-stream`. */
    readonly contentType?: string;
    /** Made for each call where none is given; null publishes without, and then no try is repeated. */
    readonly idempotencyKey?: string | null;
  };

export function publishRequest({
  value,
  json,
  text,
  bytes,
  contentType,
  idempotencyKey = crypto.randomUUID(),
  ...addressed
}: PublishInput): ServiceRequest {
  const endpoint = endpoints.publish;
  const { path, rest } = fillPath(endpoint.path, addressed);
  const { type, body } = bodyOf({ value, json, text, bytes });
  return {
    endpoint,
    target: path + queryOf(rest),
    headers: {
      "content-type": contentType ?? type,
      ...(idempotencyKey !== null && { "idempotency-key": idempotencyKey }),
    },
    body,
    isRepeatable: idempotencyKey !== null,
  };
}

function bodyOf({ value, json, text, bytes }: Partial<Contents>): {
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
} {
  if (text !== undefined) return { type: "text/plain", body: text };
  // A copy, which whoever owns the bytes cannot change between two tries.
  if (bytes) return { type: "application/octet-stream", body: new Uint8Array(bytes) };
  return { type: "application/json", body: jsonTextOf({ value, json }) };
}
