import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import { RecoveryMode } from "../contract/recovery.ts";
import { windowProblems } from "../domain/recovery/recovery-window.ts";

const Moment = z.catch(z.optional(z.iso.datetime({ offset: true })), undefined);
const Sent = z.object({ since: Moment, until: Moment, mode: z.catch(RecoveryMode, "failed") });

/** What recoverDeliveries' schema cannot know: which bound comes first, and what time it is. */
export function checkWindow(json: unknown, nowMs: number): ErrorDetail[] {
  const sent = z.safeParse(Sent, json).data;
  return sent ? windowProblems(sent, nowMs) : [];
}
