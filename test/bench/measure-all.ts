import { synthesizeDelivering, synthesizePaused } from "./bench-assemblies.ts";
import type { BenchResult } from "./bench-result.ts";
import type { BenchSizes } from "./bench-sizes.ts";
import { measureColdStarts } from "./bundles/cold-starts.ts";
import { measureFunctions } from "./bundles/function-rows.ts";
import { measureCost } from "./cost/figures.ts";
import { measureIdle } from "./cost/idle-goals.ts";
import { measureFilter } from "./cpu/filter-cpu.ts";
import { measureInside } from "./cpu/inside-functions.ts";
import { measurePostCpu } from "./cpu/post-cpu.ts";
import { measureDeadNames } from "./isolation/dead-names.ts";
import { startLoadReceiver } from "./load/load-receiver.ts";
import { measureDelivering } from "./load/measure-delivering.ts";
import { measurePublishing } from "./load/publish-rates.ts";
import { describeMachine } from "./machine.ts";
import type { Progress } from "./progress.ts";

/** Measures part after part; whatever a part starts ends with it. */
export async function measureAll(
  folder: string,
  sizes: BenchSizes,
  progress: Progress,
): Promise<BenchResult> {
  const machine = describeMachine();
  const paused = await synthesizePaused(folder);
  const delivering = await synthesizeDelivering(folder);
  progress("the stacks are synthesized");

  const publishing = await measurePublishing(paused.retaining, sizes, progress);
  await using receiver = await startLoadReceiver();
  const { stats, ...speeds } = await measureDelivering(delivering, receiver, sizes, progress);
  const deadNames = await measureDeadNames(delivering, receiver, sizes);
  progress("dead names are put up with");
  const postCpu = await measurePostCpu(receiver, sizes);
  progress("the CPU of a POST is measured");
  const filterCpu = measureFilter();
  const { cpuSplits, megabytes } = await measureInside(delivering, receiver, sizes);
  progress("the functions' threads are profiled");
  const functions = await measureFunctions(stats, megabytes, sizes);
  const cold = await measureColdStarts(paused.retaining, sizes.bundleLoads);
  progress("bundles are loaded");
  const cost = await measureCost(paused, sizes.costRounds, progress);
  return {
    machine,
    publishing,
    ...speeds,
    deadNames,
    postCpu,
    filterCpu,
    cpuSplits,
    functions,
    cold,
    cost,
    idle: measureIdle(),
  };
}
