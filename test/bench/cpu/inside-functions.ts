import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inParallel } from "../../support/in-parallel.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { gather } from "../load/audience.ts";
import type { LoadReceiver } from "../load/load-receiver.ts";
import { startLoadService } from "../load/load-service.ts";
import { openPublisher } from "../load/publisher.ts";
import { profiledAssembly } from "./profiled-assembly.ts";
import { type CpuSplits, profiledFunctions, readCpuSplits } from "./split.ts";

/** What the functions' threads are busy with under load, and what they hold. */
export interface InsideFunctions {
  cpuSplits: CpuSplits;
  /** The most that one environment of a function was seen to hold, by its name in the stack. */
  megabytes: Record<string, number>;
}

/** Ten come with the publish and ten with the fan-out job, so that batches are full. */
const fanOut = 20;
const publishesAtOnce = 4;

export async function measureInside(
  delivering: string,
  receiver: LoadReceiver,
  { publishes }: BenchSizes,
): Promise<InsideFunctions> {
  const folder = await mkdtemp(join(tmpdir(), "profiles-"));
  const assembly = await profiledAssembly(delivering, join(folder, "assembly"), profiledFunctions);
  await using service = await startLoadService(assembly);
  const { cacheName, size } = await gather(service, receiver.url, fanOut);
  await using publisher = openPublisher(service, publishesAtOnce);
  const megabytes: Record<string, number> = {};
  const measure = async () => {
    for (const { functionName, bytes } of await service.probe("measure")) {
      megabytes[functionName] = Math.max(megabytes[functionName] ?? 0, bytes / 1e6);
    }
  };
  const load = async () => {
    const count = Math.ceil(publishes / 4);
    await inParallel(count, publishesAtOnce, async () => void (await publisher.publish(cacheName)));
    await Promise.all([receiver.take(cacheName, count * size), measure()]);
  };
  await load();
  await service.probe("start", folder);
  await load();
  await service.probe("stop", folder);
  return { cpuSplits: await readCpuSplits(folder), megabytes };
}
