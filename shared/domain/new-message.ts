import type { MessageFacts } from "../contract/delivery.ts";
import type { Payload, PublishHeaders, PublishQuery } from "../contract/message.ts";
import { AppError } from "./app-error.ts";
import { idTimeMs } from "./ids.ts";
import { readPayload } from "./payload.ts";

interface PublishRequest {
  readonly params: { readonly cacheName: string; readonly topicName: string };
  readonly query: PublishQuery;
  readonly headers: PublishHeaders;
  readonly body: Buffer;
  readonly caller: { readonly keyId: string };
}

/** The message that a request publishes. Its time is the time in its id, so a replay repeats it. */
export function messageFrom(
  { params, query, headers, body, caller }: PublishRequest,
  messageId: string,
): { facts: MessageFacts; payload: Payload } {
  refuseOurTopics(params.topicName);
  const payload = readPayload(headers["content-type"], body);
  const facts: MessageFacts = {
    messageId,
    ...params,
    event: query.event ?? null,
    productId: query.productId ?? null,
    contentType: headers["content-type"] ?? "",
    publishedTimeMs: idTimeMs(messageId),
    keyId: caller.keyId,
    sequenceNumber: null,
  };
  return { facts, payload };
}

function refuseOurTopics(topicName: string): void {
  if (!topicName.startsWith("$")) return;
  const message = "topics that begin with $ are published by the service itself";
  const details = [{ path: "topicName", message }];
  throw new AppError("INVALID_ARGUMENT_ERROR", message, { details });
}
