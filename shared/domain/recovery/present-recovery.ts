import type { Recovery } from "../../contract/recovery.ts";
import { isoTime } from "../ids/iso-time.ts";
import type { RecoveryRecord } from "./recovery-record.ts";

export function presentRecovery(record: RecoveryRecord): Recovery {
  const { state, matched, enqueued, dryRun, startedTimeMs, endedTimeMs } = record;
  return {
    state,
    matched,
    enqueued,
    ...(dryRun && { dryRun }),
    startedTime: isoTime(startedTimeMs),
    endedTime: endedTimeMs === null ? null : isoTime(endedTimeMs),
  };
}
