/** `npm run bench:cost [-- --json]`: AWS calls, units, dollars and CPU per publish and per delivery. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizePaused } from "./bench-assemblies.ts";
import { fullSizes } from "./bench-sizes.ts";
import { coldGoals, measureColdStarts } from "./bundles/cold-starts.ts";
import { entrySection } from "./cost/entry-bills.ts";
import { measureCost } from "./cost/figures.ts";
import { costGoals } from "./cost/goals.ts";
import { idleGoals, measureIdle } from "./cost/idle-goals.ts";
import { orderEvent } from "./cost/order-event.ts";
import { costReport } from "./cost/report.ts";
import { measurePostCpu } from "./cpu/post-cpu.ts";
import { yardstickSection } from "./cpu/yardsticks.ts";
import { goalTable } from "./goal.ts";
import { startLoadReceiver } from "./load/load-receiver.ts";
import { describeMachine, machineLine } from "./machine.ts";
import { createProgress } from "./progress.ts";

const progress = createProgress();
const folder = await mkdtemp(join(tmpdir(), "hookcast-cost-"));
try {
  const machine = describeMachine();
  const assemblies = await synthesizePaused(folder);
  progress("the stacks are synthesized");
  const figures = await measureCost(assemblies, fullSizes.costRounds, progress);
  const cold = await measureColdStarts(assemblies.retaining, fullSizes.bundleLoads);
  await using receiver = await startLoadReceiver();
  const postCpu = await measurePostCpu(receiver, fullSizes);
  progress("starts are measured");
  const idle = measureIdle();
  const goals = [...costGoals(figures), ...idleGoals(idle), ...coldGoals(cold)];
  const valueBytes = orderEvent(1).length;
  console.log(
    process.argv.includes("--json")
      ? JSON.stringify({ machine, goals, figures, idle, cold, postCpu, valueBytes }, undefined, 2)
      : [
          machineLine(machine),
          goalTable(goals),
          yardstickSection({ cost: figures, cold, postCpu }),
          entrySection(figures),
          costReport(figures, valueBytes),
        ].join("\n\n"),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
