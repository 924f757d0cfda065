/** A test or a step that tells why it did not pass. */
export interface Finding {
  name: string;
  reason: string;
}

export interface Tally {
  passed: number;
  failures: Finding[];
  skipped: Finding[];
}

export function sumTallies(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failures: tallies.flatMap((tally) => tally.failures),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/** What a run ends with: what was skipped and why, then what failed, then the sum, which other programs read. */
export function tallyLines(tally: Tally): string[] {
  return [...skippedLines(tally), ...failedLines(tally), tallyLine(tally)];
}

/** The last line of a run: `N passed, N failed[, N skipped]`. */
export function tallyLine({ passed, failures, skipped }: Tally): string {
  const line = `${passed} passed, ${failures.length} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}

/** A line for each reason. */
function skippedLines({ skipped }: Tally): string[] {
  const namesByReason = Map.groupBy(skipped, ({ reason }) => reason);
  return [...namesByReason].map(([reason, [first, ...others]]) => {
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    return `skipped: ${reason}: ${first?.name}${more}`;
  });
}

/** Said again at the end, because what came after a failure hides it. */
function failedLines({ failures }: Tally): string[] {
  return failures.map(({ name, reason }) => `failed: ${name}: ${shortened(reason)}`);
}

const maxReason = 2000;

function shortened(reason: string): string {
  return reason.length > maxReason ? `${reason.slice(0, maxReason)} …` : reason;
}
