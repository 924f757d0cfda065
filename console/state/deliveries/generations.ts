import type { Attempt } from "../../../shared/contract/delivery.ts";

/** The attempts of one sending: the first, or one that somebody or a repair asked for. */
export interface Generation {
  /** When its first attempt was made. */
  readonly startTime: string;
  readonly isResent: boolean;
  /** Each with its place among all attempts, the oldest of which is 0. */
  readonly attempts: readonly { readonly place: number; readonly attempt: Attempt }[];
}

/** Attempts, oldest first, by the sending that they belong to: each counts from 1. */
export function generationsOf(attempts: readonly Attempt[]): Generation[] {
  const generations: { attempts: { place: number; attempt: Attempt }[] }[] = [];
  attempts.forEach((attempt, place) => {
    const current = generations.at(-1);
    const before = current?.attempts.at(-1)?.attempt.attempt ?? Number.POSITIVE_INFINITY;
    if (current && attempt.attempt > before) current.attempts.push({ place, attempt });
    else generations.push({ attempts: [{ place, attempt }] });
  });
  return generations.map(({ attempts }, index) => ({
    startTime: attempts[0]?.attempt.attemptTime ?? "",
    isResent: index > 0,
    attempts,
  }));
}
