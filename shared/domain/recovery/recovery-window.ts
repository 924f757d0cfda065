import type { ErrorDetail } from "../../contract/errors.ts";
import type { RecoverBody } from "../../contract/operations/deliveries/recover-deliveries.ts";
import { AppError } from "../app-error.ts";
import { defaultHorizonMs } from "../attempts/retry-schedule.ts";
import { type IdWindow, idSpan } from "../ids.ts";

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
  const [first, ...others] = windowProblems({ since, until, mode }, nowMs);
  if (first) {
    const details = [first, ...others];
    throw new AppError("INVALID_ARGUMENT_ERROR", `${first.path} ${first.message}`, { details });
  }
  const sinceMs = since === undefined ? 0 : Date.parse(since);
  const untilMs = until === undefined ? latestOf(mode, nowMs) : Date.parse(until);
  const oldestMs = Math.max(sinceMs, nowMs - defaultHorizonMs);
  return oldestMs < untilMs ? idSpan("msg", oldestMs, untilMs) : null;
}

/** What is wrong with the bounds, as far as they are times at all. */
export function windowProblems(
  {
    since,
    until,
    mode,
  }: { since?: string | undefined; until?: string | undefined } & Pick<RecoverBody, "mode">,
  nowMs: number,
): ErrorDetail[] {
  const latestMs = latestOf(mode, nowMs);
  const untilMs = until === undefined ? latestMs : Date.parse(until);
  const problems: ErrorDetail[] = [];
  if (untilMs > latestMs) problems.push({ path: "until", message: tooLate[mode] });
  if (since !== undefined && Date.parse(since) >= untilMs) {
    const message = until === undefined ? tooLate[mode] : "must be before until";
    problems.push({ path: "since", message });
  }
  return problems;
}

function latestOf(mode: RecoverBody["mode"], nowMs: number): number {
  return mode === "missing" ? nowMs - missingAfterMs : nowMs;
}

const tooLate = {
  failed: "must not be in the future",
  missing: "must be at least 15 minutes ago: later messages may still be on their way",
} as const;
