import { endpoints } from "../shared/contract/endpoints.ts";
import type { BatchEntry } from "../shared/contract/operations/messages/publish-batch.ts";
import { type Content, contentMember } from "./content.ts";
import type { InputOf } from "./operations.ts";
import { fillPath, type ServiceRequest } from "./request.ts";

export type BatchMessage = Pick<BatchEntry, "event" | "productId"> &
  Content & {
    /** Made for each message where none is given; null publishes without, and then no try is repeated. */
    readonly idempotencyKey?: string | null;
  };

export type PublishBatchInput = Omit<InputOf<"publishBatch">, "messages"> & {
  /** 1 to 100. */
  readonly messages: readonly BatchMessage[];
};

export function publishBatchRequest({ messages, ...addressed }: PublishBatchInput): ServiceRequest {
  const endpoint = endpoints.publishBatch;
  return {
    endpoint,
    target: fillPath(endpoint.path, addressed).path,
    headers: { "content-type": "application/json" },
    body: `{"messages":[${messages.map(entryJson).join(",")}]}`,
    isRepeatable: messages.every(({ idempotencyKey }) => idempotencyKey !== null),
  };
}

/** Written by hand, since the texts of JSON values are taken as they are. */
function entryJson({
  value,
  json,
  text,
  bytes,
  idempotencyKey = crypto.randomUUID(),
  ...others
}: BatchMessage): string {
  const facts = { ...others, ...(idempotencyKey !== null && { idempotencyKey }) };
  const members = Object.entries(facts)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`);
  return `{${[contentMember({ value, json, text, bytes }), ...members].join(",")}}`;
}
