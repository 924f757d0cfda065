import type { RecoverBody } from "../contract/recovery.ts";
import { AppError } from "./app-error.ts";
import type { IdWindow } from "./id-window.ts";
import { idSpan } from "./ids.ts";
import { defaultHorizonMs } from "./retry-schedule.ts";

/** By then a message that was accepted has been tried, or its publish has given up. */
const missingAfterMs = 15 * 60_000;

/**
 * The messages that a recovery may look at, or a refusal that names the bad bound. Those past the horizon
 * are left out: their deliveries would end without an attempt.
 */
export function recoveryWindow(
  { since, until, mode }: Pick<RecoverBody, "since" | "until" | "mode">,
  nowMs: number,
): IdWindow {
  const latestMs = mode === "missing" ? nowMs - missingAfterMs : nowMs;
  const sinceMs = Date.parse(since);
  const untilMs = until === undefined ? latestMs : Date.parse(until);
  if (untilMs > latestMs) throw refused("until", tooLate[mode]);
  if (sinceMs >= untilMs) {
    throw refused("since", until === undefined ? tooLate[mode] : "must be before until");
  }
  const oldestMs = Math.max(sinceMs, nowMs - defaultHorizonMs);
  return oldestMs < untilMs ? idSpan("msg", oldestMs, untilMs) : null;
}

const tooLate = {
  failed: "must not be in the future",
  missing: "must be at least 15 minutes ago: later messages may still be on their way",
} as const;

function refused(path: "since" | "until", message: string): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", `${path} ${message}`, {
    details: [{ path, message }],
  });
}
