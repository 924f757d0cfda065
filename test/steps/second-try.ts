import type { CountedRun } from "./count-tests.ts";
import { type Finding, firstLine, sumTallies, type Tally } from "./tally.ts";

/** So many files can be unlucky on a busy machine. Where more of them fail, the product is broken. */
const maxFiles = 3;

/** Runs files again, alone and one after the other. */
export type RunAgain = (files: readonly string[]) => Promise<CountedRun>;

/** Gives a second try to files with failures. What then passes counts as passed, and as unsteady. */
export async function trySecondTime(first: CountedRun, runAgain: RunAgain): Promise<Tally> {
  const failed = [...first.files].filter(([, { failures }]) => failures.length > 0);
  if (failed.length === 0 || failed.length > maxFiles) return sumRun(first);
  console.log(
    `\n== second try, alone, of what failed:\n${failed.map(([file]) => file).join("\n")}`,
  );
  const second = await runAgain(failed.map(([file]) => file));
  const files = new Map(first.files);
  for (const [file, before] of failed) {
    const after = second.files.get(file);
    if (after) files.set(file, afterBoth(before, after));
  }
  const tally = sumRun({ files, outside: [...first.outside, ...second.outside] });
  for (const { name, reason } of tally.unsteady) {
    console.log(`passed the second time: ${name}: ${firstLine(reason)}`);
  }
  return tally;
}

export function sumRun({ files, outside }: CountedRun): Tally {
  const sum = sumTallies([...files.values()]);
  return { ...sum, failures: [...sum.failures, ...outside] };
}

function afterBoth(before: Tally, after: Tally): Tally {
  // A failure does not become one less by being skipped.
  const hidden = after.skipped.filter((skip) => find(before.failures, skip));
  const again = [...after.failures, ...hidden];
  if (again.length === 0) return { ...after, unsteady: before.failures };
  const fresh = again.filter((failure) => !find(before.failures, failure));
  return {
    passed: Math.max(0, Math.min(after.passed, before.passed - fresh.length)),
    failures: [...before.failures.map((failure) => withBothReasons(failure, again)), ...fresh],
    skipped: after.skipped.filter((skip) => !find(hidden, skip)),
    unsteady: [],
  };
}

function withBothReasons(failure: Finding, again: readonly Finding[]): Finding {
  const { reason } = find(again, failure) ?? { reason: "no failure, but one of the same file" };
  return { ...failure, reason: `${failure.reason}\nand the second time: ${reason}` };
}

function find(findings: readonly Finding[], { name }: Finding): Finding | undefined {
  return findings.find((finding) => finding.name === name);
}
