import { AppError } from "../../domain/app-error.ts";
import { assertNotReservedTopic, type MessageDraft } from "../../domain/messages/message-draft.ts";
import { assertNotSuspended } from "../../runtime/suspended.ts";
import { isRepeat } from "./admission.ts";
import type { EntranceDeps } from "./entrance-deps.ts";
import { publishMessages } from "./publish-messages.ts";
import { typeRefusals } from "./type-check.ts";

/** Who publishes, and where; `keyId` is what the quota counts by. */
export type Publisher = Pick<MessageDraft, "cacheName" | "topicName" | "keyId" | "hops" | "trace">;

/**
 * What every entrance calls: the rules that hold for all that is published to a topic, in this order. Returns for
 * each draft its messageId once it is accounted for, or why it is refused; throws where all of them are. Drafts
 * are read only where the topic takes any, and bad ones among them stay in their places.
 */
export async function acceptMessages(
  { cacheName, topicName, keyId }: Publisher,
  readDrafts: () => readonly (MessageDraft | AppError)[],
  deps: EntranceDeps,
): Promise<(string | AppError)[]> {
  assertNotReservedTopic(topicName);
  await assertNotSuspended(cacheName, deps.suspensions);
  const drafts = readDrafts();
  await deps.quota.take(keyId, drafts.length, deps.now());
  const read = drafts.filter((draft): draft is MessageDraft => !(draft instanceof AppError));
  const refusals = await typeRefusals(read, deps.typeRules, deps.now());
  // Only what is refused is asked for here, so that what is good costs no call.
  const repeats = await Promise.all(
    [...refusals.keys()].map(async (draft) => ((await isRepeat(draft, deps.claims)) ? draft : [])),
  );
  for (const draft of repeats.flat()) refusals.delete(draft);
  const good = read.filter((draft) => !refusals.has(draft));
  const results = (await publishMessages(good, deps)).values();
  return drafts.map((draft) =>
    draft instanceof AppError ? draft : (refusals.get(draft) ?? nextOf(results)),
  );
}

function nextOf(results: Iterator<string | AppError>): string | AppError {
  const { value, done } = results.next();
  if (done) throw new Error("a draft has no result");
  return value;
}
