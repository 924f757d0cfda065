import { beforeEach } from "vitest";
import type { Gap } from "./gaps.ts";

/** Before each test: one that the emulator is known to fail passes by failing, and what it has learned comes off the list. */
export function markGaps(gaps: readonly Gap[]): void {
  beforeEach(({ task, skip }) => {
    const gap = gaps.find(
      ({ file, tests }) => task.file.filepath.endsWith(`/${file}`) && tests.test(task.name),
    );
    if (!gap) return;
    if (gap.isRace) skip(gap.why);
    // Read-only to those who write `test.fails`; the runner looks at it after the test.
    Object.assign(task, { fails: true });
    task.meta.knownGap = gap.why;
  });
}
