/** `npm run bench:cost [-- --json]`: AWS calls, units and dollars per publish and per delivery. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizePaused } from "./bench-assemblies.ts";
import { fullSizes } from "./bench-sizes.ts";
import { entrySection } from "./cost/entry-bills.ts";
import { measureCost } from "./cost/figures.ts";
import { costGoals } from "./cost/goals.ts";
import { orderEvent } from "./cost/order-event.ts";
import { costReport } from "./cost/report.ts";
import { goalTable } from "./goal.ts";
import { createProgress } from "./progress.ts";

const progress = createProgress();
const folder = await mkdtemp(join(tmpdir(), "hookcast-cost-"));
try {
  const assemblies = await synthesizePaused(folder);
  progress("the stacks are synthesized");
  const figures = await measureCost(assemblies, fullSizes.costRounds, progress);
  const goals = costGoals(figures);
  const valueBytes = orderEvent(1).length;
  console.log(
    process.argv.includes("--json")
      ? JSON.stringify({ goals, figures, valueBytes }, undefined, 2)
      : [goalTable(goals), entrySection(figures), costReport(figures, valueBytes)].join("\n\n"),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
