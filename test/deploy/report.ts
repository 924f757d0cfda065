import type { Tally } from "../steps/tally.ts";
import { recordedAnswers } from "./documents/recorded-answers.ts";
import { gaps } from "./gaps.ts";
import { notExercised } from "./not-exercised.ts";

/** The table of what the run has exercised and what it has not, and where that is asserted instead. */
export function report(exercised: Map<string, Tally>): string {
  const skipped = [...exercised.values()].flatMap((tally) => tally.skipped);
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [
    "exercised",
    ...[...exercised].map(([what, { passed, failures }]) =>
      line(passed, failures.length === 0 ? what : `${what}; ${failures.length} failed`),
    ),
    "not exercised",
    ...[...counts].map(([reason, count]) => line(count, withPlace(reason))),
    ...notExercised.map(({ what, why, insteadIn }) => line("-", `${what}: ${why} (${insteadIn})`)),
    ...recordedAnswers.map(({ command, why, document }) =>
      line("-", `${command}: ${why}; a recorded answer by ${document}`),
    ),
  ].join("\n");
}

function withPlace(reason: string): string {
  const place =
    gaps.find(({ why }) => why === reason)?.insteadIn ??
    "the same test against the embedded engines";
  return `${reason} (${place})`;
}

function line(count: number | string, text: string): string {
  return `${String(count).padStart(6)}  ${text}`;
}
