import type { TailSource } from "../../../ops/tail/source.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../../shared/domain/attempts/delivery-record.ts";

/** A webhook's log, as a test writes it and the follower reads it. */
export interface LogDouble extends TailSource {
  readonly records: Map<string, DeliveryRecord>;
  readonly later: Map<string, AttemptRecord[]>;
  /** What was asked, in order. */
  readonly calls: string[];
}

export function logDouble(): LogDouble {
  const records = new Map<string, DeliveryRecord>();
  const later = new Map<string, AttemptRecord[]>();
  const calls: string[] = [];
  const all = () => [...records.values()];
  return {
    ...{ records, later, calls },
    async published(sinceMs) {
      calls.push("published");
      return all().filter(({ publishedTimeMs }) => publishedTimeMs >= sinceMs);
    },
    async undelivered() {
      calls.push("undelivered");
      return all().filter(({ status }) => status !== "delivered");
    },
    async heads(messageIds) {
      if (messageIds.length > 0) calls.push(`heads ${messageIds.length}`);
      return all().filter(({ messageId }) => messageIds.includes(messageId));
    },
    async attempts(messageId) {
      calls.push("attempts");
      return later.get(messageId) ?? [];
    },
  };
}
