import type {
  AttemptRecord,
  DeliveryRecord,
  SummaryRecord,
} from "../../shared/domain/attempts/delivery-record.ts";
import { attemptLine, endLine, type TailLine } from "./line.ts";
import { lookBackMs, maxLookBackMs } from "./look-back.ts";
import { openTailMemory } from "./memory.ts";
import type { TailSource } from "./source.ts";

export interface Follower {
  /** What is new since the last look, the oldest first. A look that throws has seen nothing. */
  look(): Promise<TailLine[]>;
}

interface News {
  readonly record: DeliveryRecord;
  readonly attempts: readonly AttemptRecord[];
  readonly lines: readonly TailLine[];
}

/**
 * Finds every attempt since a time, each once. New deliveries are found among the newest published; a
 * change of an old one, because it stands otherwise among the undelivered or is no longer one of them.
 */
export function openFollower(source: TailSource, sinceMs: number, now: () => number): Follower {
  const memory = openTailMemory();
  const rememberedMs = now() - sinceMs + 2 * maxLookBackMs;
  let listed: ReadonlySet<string> | undefined;
  let lastLookMs = sinceMs;
  let looks = 0;

  const newsOf = async (record: DeliveryRecord, floorMs: number, nowMs: number): Promise<News> => {
    const attempts = await newAttempts(record, floorMs);
    if (attempts.length === 0 && hasEnded(record, floorMs)) {
      return { record, attempts, lines: [endLine(record, nowMs)] };
    }
    return { record, attempts, lines: attempts.map((made) => attemptLine(record, made)) };
  };

  const newAttempts = async (record: DeliveryRecord, floorMs: number) => {
    const { messageId, firstAttempt, lastAttemptTimeMs, generation, attemptCount } = record;
    if (lastAttemptTimeMs === null || lastAttemptTimeMs < floorMs) return [];
    const isFirstOnly = generation === 1 && attemptCount <= 1;
    const later = isFirstOnly ? [] : await source.attempts(messageId);
    const all = firstAttempt ? [firstAttempt, ...later] : later;
    return all.filter((made) => made.timeMs >= floorMs && !memory.isShown(messageId, made));
  };

  /** A failure that nobody has seen before is news only where all that led to it is. */
  const hasEnded = ({ messageId, status, publishedTimeMs }: DeliveryRecord, floorMs: number) => {
    const before = memory.statusOf(messageId);
    if (status !== "failed" || before === "failed") return false;
    return before !== undefined || publishedTimeMs >= floorMs;
  };

  return {
    async look() {
      const nowMs = now();
      const floorMs = Math.max(sinceMs, nowMs - rememberedMs);
      const [published, undelivered] = await Promise.all([
        source.published(lastLookMs - lookBackMs(looks + 1)),
        source.undelivered(),
      ]);
      const standing = new Set(undelivered.map(({ messageId }) => messageId));
      if (!listed) for (const old of undelivered.filter(isBefore(floorMs))) memory.note(old, []);

      const changed = new Set(
        undelivered.filter((record) => !memory.isUnchanged(record)).map((one) => one.messageId),
      );
      for (const id of listed ?? []) if (!standing.has(id)) changed.add(id);
      for (const { messageId } of published) changed.delete(messageId);

      const news: News[] = [];
      for (const record of [...published, ...(await source.heads([...changed]))]) {
        if (!memory.isUnchanged(record)) news.push(await newsOf(record, floorMs, nowMs));
      }

      for (const { record, attempts } of news) memory.note(record, attempts);
      memory.forget(nowMs - rememberedMs, standing);
      [listed, lastLookMs, looks] = [standing, nowMs, looks + 1];
      return news.flatMap(({ lines }) => lines).sort((a, b) => a.timeMs - b.timeMs);
    },
  };
}

/** Nothing has happened to it since, as far as its row tells. */
function isBefore(floorMs: number) {
  return ({ publishedTimeMs, lastAttemptTimeMs }: SummaryRecord) =>
    publishedTimeMs < floorMs && (lastAttemptTimeMs ?? 0) < floorMs;
}
