import type { PublishResponse } from "../../../shared/contract/message.ts";
import { publish as route } from "../../../shared/contract/operations/messages/publish.ts";
import { acceptMessages } from "../../../shared/delivery/publish/accept.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import {
  openPublishDeps,
  type PublishDeps,
  traceOf,
} from "../../../shared/delivery/publish/entrance-deps.ts";
import { ourTopicProblems } from "../../../shared/domain/messages/message-draft.ts";
import { readPayload } from "../../../shared/domain/messages/payload.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";

export async function publish(
  { params, query, headers, body, caller }: Input<typeof route>,
  deps: PublishDeps,
): Promise<PublishResponse> {
  const hops = hopsOf(headers);
  const publisher = { ...params, keyId: caller.keyId, hops, trace: traceOf(headers, deps) };
  const readDrafts = () => [
    {
      ...publisher,
      event: query.event ?? null,
      productId: query.productId ?? null,
      contentType: headers["content-type"] ?? "",
      payload: readPayload(headers["content-type"], body, { isRaw: query.raw }),
      idempotencyKey: headers["idempotency-key"],
    },
  ];
  const [messageId] = await acceptMessages(publisher, readDrafts, deps);
  if (typeof messageId !== "string") throw messageId;
  return { messageId };
}

export const handler = endpoint(route, publish, openPublishDeps, (_, { pathParameters }) =>
  ourTopicProblems(pathParameters.topicName),
);
