import type { ErrorCode } from "../../contract/errors.ts";
import type { IngestSource } from "../../contract/ingest.ts";
import { AppError } from "../../domain/app-error.ts";
import {
  ingestMessageId,
  ingestTraceBytes,
  placeOf,
  type QueueIdentity,
} from "../../domain/messages/ingest-identity.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { newTrace } from "../../domain/requests/trace-context.ts";
import type { RefusedBody } from "../../queue/ingest-dead-letters.ts";
import { asAppError } from "../../runtime/failures.ts";
import { log, measure } from "../../runtime/logger.ts";
import { acceptMessages } from "../publish/accept.ts";
import type { EntranceDeps } from "../publish/entrance-deps.ts";
import { keyIdOf, readBody } from "./read-body.ts";

/** One body of an ingest queue. */
export interface IngestRecord {
  readonly source: IngestSource;
  readonly identity: QueueIdentity;
  readonly body: string;
  readonly receiveCount: number;
}

export interface IngestDeps extends EntranceDeps {
  readonly tracing: boolean;
  readonly deadLetters: { send(queueArn: string, bodies: readonly RefusedBody[]): Promise<void> };
}

/** A body's entry on its way. */
interface Entry {
  readonly text: string;
  readonly place: string;
  readonly draft: MessageDraft | AppError;
}

/**
 * Accepts what bodies ask for as publish does. A body's promise is rejected where it must come back; where it is
 * fulfilled, each entry is accepted or in the dead-letter queue with its reason.
 */
export async function ingestRecords(
  records: readonly IngestRecord[],
  deps: IngestDeps,
): Promise<PromiseSettledResult<void>[]> {
  const entries = records.map((record) => entriesOf(record, deps));
  const drafts = entries.flat().flatMap(({ draft }) => (draft instanceof AppError ? [] : [draft]));
  const refusals = await acceptAll(drafts, deps);
  return Promise.allSettled(
    records.map((record, n) => settle(record, entries[n] ?? [], refusals, deps)),
  );
}

function entriesOf({ source, identity, body }: IngestRecord, deps: IngestDeps): Entry[] {
  const { entries, isArray } = readBody(body, source);
  return entries.map(({ text, draft }, index) => {
    const place = placeOf(identity, index, isArray);
    if (draft instanceof AppError) return { text, place, draft };
    const givenId = ingestMessageId(identity, place);
    const trace = deps.tracing ? newTrace(ingestTraceBytes(identity, place)) : undefined;
    return { text, place, draft: { ...draft, givenId, trace } };
  });
}

/** As many as one call of publishBatch. */
const maxTogether = 100;
/** Forwarded ones are taken only together, and their cache's budget may be small. */
const maxForwardedTogether = 10;
/** Each has its own query for subscribers. */
const groupsAtOnce = 10;

/** What publishes to one topic goes together. Returns what was not accepted, and why. */
export async function acceptAll(
  drafts: readonly MessageDraft[],
  deps: EntranceDeps,
): Promise<Map<MessageDraft, AppError>> {
  const refusals = new Map<MessageDraft, AppError>();
  const groups = groupsOf(drafts).values();
  const acceptSome = async () => {
    for (const group of groups) {
      for (const [draft, refusal] of await acceptGroup(group, deps)) refusals.set(draft, refusal);
    }
  };
  await Promise.all(Array.from({ length: groupsAtOnce }, acceptSome));
  return refusals;
}

function groupsOf(drafts: readonly MessageDraft[]): MessageDraft[][] {
  const byTopic = Object.groupBy(drafts, ({ keyId, cacheName, topicName, hops }) =>
    [keyId, cacheName, topicName, hops > 0].join("/"),
  );
  return Object.values(byTopic).flatMap((group = []) => {
    const size = (group[0]?.hops ?? 0) > 0 ? maxForwardedTogether : maxTogether;
    return Array.from({ length: Math.ceil(group.length / size) }, (_, n) =>
      group.slice(n * size, (n + 1) * size),
    );
  });
}

async function acceptGroup(
  group: readonly MessageDraft[],
  deps: EntranceDeps,
): Promise<[MessageDraft, AppError][]> {
  const [first] = group;
  if (!first) return [];
  try {
    const results = await acceptMessages(first, () => group, deps);
    return group.flatMap((draft, n): [MessageDraft, AppError][] => {
      const result = results[n];
      return result instanceof AppError ? [[draft, result]] : [];
    });
  } catch (error) {
    const refusal = asAppError(error);
    return group.map((draft) => [draft, refusal]);
  }
}

/** Of refusals that pass: whatever met one comes again. */
export const passing: readonly ErrorCode[] = [
  "SERVER_UNAVAILABLE",
  "LIMIT_EXCEEDED_ERROR",
  "INTERNAL_SERVER_ERROR",
];

/** Of the 1,000 times that SQS hands a body out; after them it would go without a reason. */
const maxTries = 900;

async function settle(
  record: IngestRecord,
  entries: readonly Entry[],
  refusals: ReadonlyMap<MessageDraft, AppError>,
  { deadLetters }: IngestDeps,
): Promise<void> {
  const refused = entries.flatMap(({ draft, ...entry }) => {
    const refusal = draft instanceof AppError ? draft : refusals.get(draft);
    return refusal ? [{ ...entry, refusal }] : [];
  });
  const passed = refused.find(({ refusal }) => passing.includes(refusal.code));
  // Bad entries leave with the last of the good ones: a body that comes back brings them along.
  if (passed && record.receiveCount < maxTries) throw passed.refusal;
  if (refused.length === 0) return;
  const { identity, source } = record;
  await deadLetters.send(
    identity.queueArn,
    refused.map(({ text, place, refusal }) => ({
      body: text,
      identity: { ...identity, place },
      reason: reasonOf(refusal),
    })),
  );
  measure("IngestRefused", refused.length);
  for (const { place, refusal } of refused) {
    const { sqsMessageId } = identity;
    log("error", "ingest.refused", {
      source: keyIdOf(source),
      sqsMessageId,
      place,
      code: refusal.code,
    });
  }
}

/** Field by field; only who may read the body sees it. */
export function reasonOf({ code, message, details = [] }: AppError): string {
  const fields = details.map(({ path, message }) => `${path} ${message}`);
  return `${code}: ${[message, ...fields].join("; ")}`;
}
