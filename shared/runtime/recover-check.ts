import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { RecoveryMode } from "../contract/recovery.ts";
import { windowProblems } from "../domain/recovery/recovery-window.ts";

const Moment = z.catch(z.optional(z.iso.datetime({ offset: true })), undefined);
const Sent = z.object({ since: Moment, until: Moment, mode: z.catch(RecoveryMode, "failed") });
const Any = z.optional(z.unknown());
const SentFilter = z.object({ since: Any, messageIds: Any, statusClass: Any });

/** What recoverDeliveries' schema cannot know: which bound comes first, and what time it is. */
export function checkWindow(json: unknown, nowMs: number): ErrorDetail[] {
  const sent = z.safeParse(Sent, json).data;
  if (!sent) return [];
  return [...windowProblems(sent, nowMs), ...filterProblems(json, sent.mode)];
}

function filterProblems(json: unknown, mode: z.infer<typeof RecoveryMode>): ErrorDetail[] {
  const { since, messageIds, statusClass } = z.parse(SentFilter, json);
  const problems: ErrorDetail[] = [];
  if (since === undefined && messageIds === undefined) {
    problems.push({ path: "since", message: "is required, or messageIds in its place" });
  }
  if (mode === "missing" && statusClass !== undefined) {
    const message = "must not be sent with the mode missing: what was never tried has no status";
    problems.push({ path: "statusClass", message });
  }
  return problems;
}
