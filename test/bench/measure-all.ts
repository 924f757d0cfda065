import { synthesizeDelivering, synthesizePaused } from "./bench-assemblies.ts";
import type { BenchResult } from "./bench-result.ts";
import type { BenchSizes } from "./bench-sizes.ts";
import { measureCost } from "./cost-figures.ts";
import { measureEndToEnd } from "./end-to-end.ts";
import { measureLatency } from "./latency.ts";
import { startLoadReceiver } from "./load-receiver.ts";
import { startLoadService } from "./load-service.ts";
import { describeMachine } from "./machine.ts";
import type { Progress } from "./progress.ts";
import { measurePublishing } from "./publish-rates.ts";

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
  return {
    machine,
    publishing: await measurePublishing(paused.retaining, sizes, progress),
    ...(await measureDelivering(delivering, sizes, progress)),
    cost: await measureCost(paused, sizes.costRounds, progress),
  };
}

async function measureDelivering(delivering: string, sizes: BenchSizes, progress: Progress) {
  await using receiver = await startLoadReceiver();
  await using service = await startLoadService(delivering);
  const endToEnd = await measureEndToEnd(service, receiver, sizes, progress);
  const half = endToEnd.fanOut1 / 2;
  const audience = { cacheName: "audience-1", size: 1 };
  const latency = await measureLatency(service, receiver, audience, sizes, half);
  progress("latency is measured");
  return { endToEnd, latency };
}
