import type { ErrorCode } from "../../../shared/contract/errors.ts";
import {
  type PublishBatchResponse,
  publishBatch as route,
} from "../../../shared/contract/operations/messages/publish-batch.ts";
import { valueTexts } from "../../../shared/contract/values/json-text.ts";
import { hopsOf } from "../../../shared/delivery/publish/admission.ts";
import { draftOf } from "../../../shared/delivery/publish/batch-draft.ts";
import {
  openPublishDeps,
  type PublishDeps,
  traceOf,
} from "../../../shared/delivery/publish/publish-deps.ts";
import {
  type AcceptDeps,
  publishMessages,
} from "../../../shared/delivery/publish/publish-messages.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import {
  assertNotReservedTopic,
  type MessageDraft,
  ourTopicProblems,
} from "../../../shared/domain/messages/message-draft.ts";
import { errorBody } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import { assertNotSuspended } from "../../../shared/runtime/suspended.ts";

export async function publishBatch(
  { params, headers, body, text, caller }: Input<typeof route>,
  deps: PublishDeps,
): Promise<PublishBatchResponse> {
  assertNotReservedTopic(params.topicName);
  const hops = hopsOf(headers);
  await assertNotSuspended(params.cacheName, deps.suspensions);
  const texts = valueTexts(text);
  const publisher = { ...params, keyId: caller.keyId, hops, trace: traceOf(headers, deps) };
  const drafts = body.messages.map((entry, index) => draftOf(entry, texts[index], publisher));
  await deps.quota.take(caller.keyId, body.messages.length, deps.now());
  const results = await acceptGood(drafts, deps);
  assertSomeWereTaken(results);
  return {
    results: results.map((result) =>
      typeof result === "string" ? { messageId: result } : { error: errorBody(result) },
    ),
  };
}

/** Accepts the good entries together, and puts what came of them back among the bad ones. */
async function acceptGood(
  drafts: readonly (MessageDraft | AppError)[],
  deps: AcceptDeps,
): Promise<(string | AppError)[]> {
  const good = drafts.filter((draft): draft is MessageDraft => !(draft instanceof AppError));
  const accepted = new Map(
    (await publishMessages(good, deps)).map((result, n) => [good[n], result]),
  );
  return drafts.map((draft) =>
    draft instanceof AppError ? draft : (accepted.get(draft) ?? lost()),
  );
}

function lost(): never {
  throw new Error("a batch entry has no result");
}

const ofTheWholeCall: readonly ErrorCode[] = ["SERVER_UNAVAILABLE", "LIMIT_EXCEEDED_ERROR"];

/** A batch of which nothing was taken, though some was good, is a failed call, to be tried again as a whole. */
function assertSomeWereTaken(results: readonly (string | AppError)[]): void {
  if (results.some((result) => typeof result === "string")) return;
  const refusal = results.find(
    (result) => result instanceof AppError && ofTheWholeCall.includes(result.code),
  );
  if (refusal) throw refusal;
}

export const handler = endpoint(route, publishBatch, openPublishDeps, (_, { pathParameters }) =>
  ourTopicProblems(pathParameters.topicName),
);
