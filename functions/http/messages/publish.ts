import type { PublishResponse } from "../../../shared/contract/message.ts";
import { publish as route } from "../../../shared/contract/operations/messages/publish.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import {
  openPublishDeps,
  type PublishDeps,
  traceOf,
} from "../../../shared/delivery/publish/publish-deps.ts";
import { publishMessages } from "../../../shared/delivery/publish/publish-messages.ts";
import {
  assertNotReservedTopic,
  ourTopicProblems,
} from "../../../shared/domain/messages/message-draft.ts";
import { readPayload } from "../../../shared/domain/messages/payload.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { assertNotSuspended } from "../../../shared/runtime/suspended.ts";

export async function publish(
  { params, query, headers, body, caller }: Input<typeof route>,
  deps: PublishDeps,
): Promise<PublishResponse> {
  assertNotReservedTopic(params.topicName);
  const hops = hopsOf(headers);
  await assertNotSuspended(params.cacheName, deps.suspensions);
  const draft = {
    ...params,
    event: query.event ?? null,
    productId: query.productId ?? null,
    contentType: headers["content-type"] ?? "",
    keyId: caller.keyId,
    hops,
    trace: traceOf(headers, deps),
    payload: readPayload(headers["content-type"], body, { isRaw: query.raw }),
    idempotencyKey: headers["idempotency-key"],
  };
  await deps.quota.take(caller.keyId, 1, deps.now());
  const [messageId] = await publishMessages([draft], deps);
  if (typeof messageId !== "string") throw messageId;
  return { messageId };
}

export const handler = endpoint(route, publish, openPublishDeps, (_, { pathParameters }) =>
  ourTopicProblems(pathParameters.topicName),
);
