import {
  type PublishBatchResponse,
  publishBatch as route,
} from "../../../shared/contract/operations/messages/publish-batch.ts";
import { valueTexts } from "../../../shared/contract/values/json-text.ts";
import { acceptMessages } from "../../../shared/delivery/publish/accept.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import { draftOf } from "../../../shared/delivery/publish/batch-draft.ts";
import {
  openPublishDeps,
  type PublishDeps,
  traceOf,
} from "../../../shared/delivery/publish/entrance-deps.ts";
import { ourTopicProblems } from "../../../shared/domain/messages/message-draft.ts";
import { errorBody } from "../../../shared/runtime/api-response.ts";
import { assertSomeWereTaken } from "../../../shared/runtime/batch-results.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";

export async function publishBatch(
  { params, headers, body, text, caller }: Input<typeof route>,
  deps: PublishDeps,
): Promise<PublishBatchResponse> {
  const publisher = {
    ...params,
    keyId: caller.keyId,
    hops: hopsOf(headers),
    trace: traceOf(headers, deps),
  };
  const readDrafts = () => {
    const texts = valueTexts(text);
    return body.messages.map((entry, index) => draftOf(entry, texts[index], publisher));
  };
  const results = await acceptMessages(publisher, readDrafts, deps);
  assertSomeWereTaken(results);
  return {
    results: results.map((result) =>
      typeof result === "string" ? { messageId: result } : { error: errorBody(result) },
    ),
  };
}

export const handler = endpoint(route, publishBatch, openPublishDeps, (_, { pathParameters }) =>
  ourTopicProblems(pathParameters.topicName),
);
