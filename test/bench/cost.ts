/** `npm run bench:cost [-- --json]`: AWS calls, units and dollars per publish and per delivery. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesize } from "../support/assembly.ts";
import { measureCost } from "./cost-figures.ts";
import { goalsOf } from "./cost-goals.ts";
import { costReport } from "./cost-report.ts";
import { orderEvent } from "./order-event.ts";

const rounds = { warmUp: 15, clean: 10, failing: 2 };
/** A failed attempt is made again after a second, so that the bench need not wait for it. */
const settings = { paused: true, retryScheduleSeconds: [1] };

const progress = (line: string) => void process.stderr.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "hookcast-cost-"));
try {
  const [retaining, forgetting] = await Promise.all([
    synthesize(join(folder, "retaining"), settings),
    synthesize(join(folder, "forgetting"), { ...settings, retentionDays: 0 }),
  ]);
  progress("the stacks are synthesized");
  const figures = await measureCost({ retaining, forgetting }, rounds, progress);
  const goals = goalsOf(figures);
  const valueBytes = orderEvent(1).length;
  console.log(
    process.argv.includes("--json")
      ? JSON.stringify({ goals, figures, valueBytes }, undefined, 2)
      : costReport(figures, goals, valueBytes),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
