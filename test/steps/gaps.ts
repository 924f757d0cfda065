import type { Finding } from "./tally.ts";

/** Tests that fail against an emulator because of what it does differently from AWS. */
export interface Gap {
  file: string;
  /** Of the tests' whole names. */
  tests: RegExp;
  why: string;
  /** Whether a test fails here is a matter of luck, so that it cannot be made to. */
  isRace?: true;
}

/** Gaps that no test shows any more: the list is older than the tests or the emulator. */
export function staleGaps(gaps: readonly Gap[], skipped: Finding[]): Finding[] {
  return gaps
    .filter(
      ({ why, file }) => !skipped.some(({ name, reason }) => reason === why && name.includes(file)),
    )
    .map(({ file, tests }) => ({
      name: file,
      reason: `no test that is named ${tests} has failed as it should`,
    }));
}
