import type { AttemptRecord, SummaryRecord } from "../../shared/domain/attempts/delivery-record.ts";
import { idTimeMs } from "../../shared/domain/ids/ids.ts";

type Standing = Pick<
  SummaryRecord,
  "messageId" | "generation" | "attemptCount" | "status" | "lastAttemptTimeMs"
>;

/** What the follower has seen: how deliveries stood, and which attempts it has shown. */
export interface TailMemory {
  /** Whether the delivery stands as it did. */
  isUnchanged(record: Standing): boolean;
  statusOf(messageId: string): Standing["status"] | undefined;
  isShown(messageId: string, attempt: AttemptRecord): boolean;
  note(record: Standing, shown: readonly AttemptRecord[]): void;
  /** Forgets attempts before that time, and deliveries of messages before it that are not to be kept. */
  forget(beforeMs: number, kept: ReadonlySet<string>): void;
}

export function openTailMemory(): TailMemory {
  const standings = new Map<string, Standing>();
  const shownTimesMs = new Map<string, number>();

  return {
    isUnchanged(record) {
      const known = standings.get(record.messageId);
      return known !== undefined && markOf(known) === markOf(record);
    },
    statusOf: (messageId) => standings.get(messageId)?.status,
    isShown: (messageId, attempt) => shownTimesMs.has(nameOf(messageId, attempt)),
    note({ messageId, generation, attemptCount, status, lastAttemptTimeMs }, shown) {
      const standing = { messageId, generation, attemptCount, status, lastAttemptTimeMs };
      standings.set(messageId, standing);
      for (const attempt of shown) shownTimesMs.set(nameOf(messageId, attempt), attempt.timeMs);
    },
    forget(beforeMs, kept) {
      for (const [name, timeMs] of shownTimesMs) if (timeMs < beforeMs) shownTimesMs.delete(name);
      for (const id of standings.keys()) {
        if (!kept.has(id) && idTimeMs(id) < beforeMs) standings.delete(id);
      }
    },
  };
}

function markOf({ generation, attemptCount, status, lastAttemptTimeMs }: Standing): string {
  return [generation, attemptCount, status, lastAttemptTimeMs].join("/");
}

/** Attempts of two generations have the same number, but never the same time as well. */
function nameOf(messageId: string, { attempt, timeMs }: AttemptRecord): string {
  return [messageId, attempt, timeMs].join("/");
}
