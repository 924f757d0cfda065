/** A test or a step that tells why it did not pass. */
export interface Finding {
  name: string;
  reason: string;
}

export interface Tally {
  passed: number;
  failures: Finding[];
  skipped: Finding[];
  /** What failed first and passed when it ran again; these tests count as passed. */
  unsteady: Finding[];
}

export function sumTallies(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failures: tallies.flatMap((tally) => tally.failures),
    skipped: tallies.flatMap((tally) => tally.skipped),
    unsteady: tallies.flatMap((tally) => tally.unsteady),
  };
}

/** What a run ends with: what was skipped and why, what passed only the second time, what failed, and the sum, which other programs read. */
export function tallyLines(tally: Tally): string[] {
  return [...skippedLines(tally), ...unsteadyLines(tally), ...failedLines(tally), tallyLine(tally)];
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

function unsteadyLines({ unsteady }: Tally): string[] {
  return unsteady.map(({ name, reason }) => `unsteady: ${name}: ${firstLine(reason)}`);
}

export function firstLine(reason: string): string {
  return shortened(reason.split("\n")[0] ?? "");
}

/** Said again at the end, because what came after a failure hides it. */
function failedLines({ failures }: Tally): string[] {
  return failures.map(({ name, reason }) => `failed: ${name}: ${shortened(reason)}`);
}

const maxReason = 2000;

/** The cause of an error stands at its beginning or, in the traceback of a program, at its end. */
function shortened(reason: string): string {
  if (reason.length <= maxReason) return reason;
  return `${reason.slice(0, maxReason / 2)} … ${reason.slice(-maxReason / 2)}`;
}
