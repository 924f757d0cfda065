import { AppError } from "../../domain/app-error.ts";
import { ingestMessageId, ingestTraceBytes } from "../../domain/messages/ingest-identity.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { newTrace } from "../../domain/requests/trace-context.ts";
import { asAppError } from "../../runtime/failures.ts";
import { log } from "../../runtime/logger.ts";
import type { OutboxRow, OutboxStore } from "../../store/messages/outbox-store.ts";
import { acceptAll, passing, reasonOf } from "../ingest/ingest-records.ts";
import type { EntranceDeps } from "../publish/entrance-deps.ts";
import { readRow } from "./read-row.ts";

export interface OutboxDeps extends EntranceDeps {
  readonly outbox: OutboxStore;
  readonly tracing: boolean;
}

/** A row and what it asks for. */
interface Entry {
  readonly row: OutboxRow;
  readonly draft: MessageDraft | AppError;
}

/**
 * Publishes rows as publish does, and deletes each once it is accepted. One that can never be accepted stays with the
 * reason. Cut off anywhere, a row is still there, and comes again as the same message. Returns why rows have to come
 * again, where some have to.
 */
export async function acceptRows(
  ids: readonly string[],
  deps: OutboxDeps,
): Promise<AppError | undefined> {
  const rows = await deps.outbox.read(ids);
  const waiting = rows.filter(({ isRefused }) => !isRefused);
  const begun = await Promise.allSettled(waiting.map((row) => begin(row, deps)));
  const entries = begun.flatMap((entry) => (entry.status === "fulfilled" ? entry.value : []));
  const drafts = entries.flatMap(({ draft }) => (draft instanceof AppError ? [] : [draft]));
  const refusals = await acceptAll(drafts, deps);
  const ended = await Promise.allSettled(entries.map((entry) => settle(entry, refusals, deps)));
  const failed = [...begun, ...ended].find(({ status }) => status === "rejected");
  return failed?.status === "rejected" ? asAppError(failed.reason) : undefined;
}

/** Nothing for a row that went meanwhile. */
async function begin(row: OutboxRow, deps: OutboxDeps): Promise<Entry[]> {
  const read = readRow(row);
  if (read instanceof AppError) return [{ row, draft: read }];
  const timeMs = await messageTimeMs(row, Date.parse(read.time), deps);
  if (timeMs === undefined) return [];
  const identity = { queueArn: "outbox", sqsMessageId: row.id, sentTimeMs: timeMs };
  const givenId = ingestMessageId(identity, read.time);
  const trace = deps.tracing ? newTrace(ingestTraceBytes(identity, read.time)) : undefined;
  return [{ row, draft: { ...read.draft, givenId, trace } }];
}

const hourMs = 3_600_000;
const maxAheadMs = hourMs;
const freshMs = 24 * hourMs;
/** A delivery lives for a week from its message's time. */
const maxAgeMs = 5 * 24 * hourMs;

/**
 * A row's own time, unless too little would be left to deliver it, or the clock that told it is wrong. Undefined where
 * another environment has just decided it.
 */
async function messageTimeMs(
  row: OutboxRow,
  writtenMs: number,
  { outbox, now }: OutboxDeps,
): Promise<number | undefined> {
  const nowMs = now();
  const timeMs = row.mark ? Number(row.mark.N) : writtenMs;
  const [ageMs, aheadMs] = [nowMs - timeMs, timeMs - nowMs];
  const isUsable = Number.isInteger(timeMs) && ageMs < maxAgeMs && aheadMs < maxAheadMs;
  if (isUsable && (row.mark || ageMs < freshMs)) return timeMs;
  // What is decided by the age is decided once, and well before it could be decided otherwise.
  const decidedMs = isUsable ? timeMs : nowMs;
  return (await outbox.takeUp(row, decidedMs)) ? decidedMs : undefined;
}

async function settle(
  { row, draft }: Entry,
  refusals: ReadonlyMap<MessageDraft, AppError>,
  { outbox }: OutboxDeps,
): Promise<void> {
  const refusal = draft instanceof AppError ? draft : refusals.get(draft);
  if (!refusal) return outbox.remove(row);
  if (passing.includes(refusal.code)) throw refusal;
  await outbox.refuse(row, reasonOf(refusal));
  log("error", "outbox.refused", { id: row.id, code: refusal.code });
}
