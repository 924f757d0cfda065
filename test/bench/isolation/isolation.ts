import { publish } from "../../support/calls.ts";
import { inParallel } from "../../support/in-parallel.ts";
import { api } from "../../support/service/api.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { gather } from "../load/audience.ts";
import { loadedLatency } from "../load/latency.ts";
import type { LoadReceiver } from "../load/load-receiver.ts";
import type { LoadService } from "../load/load-service.ts";
import { topicName } from "../load/publisher.ts";
import type { Spread } from "../spread.ts";

/** What healthy webhooks notice of one whose receiver never answers, and of many whose receiver answers late. */
export interface Isolation {
  deadMessages: number;
  alone: Spread;
  besideSlow: Spread;
  besideDead: Spread;
}

const healthyCount = 10;
/** To all of them: a load that the machine carries with ease. */
const ratePerSecond = 4;
const batchSize = 100;
/** Of one cache; each answers well, after ten seconds. */
export const slowCount = 130;

export async function measureIsolation(
  service: LoadService,
  receiver: LoadReceiver,
  { deadMessages, loadedSeconds }: BenchSizes,
): Promise<Isolation> {
  const healthy = await gather(service, receiver.url, healthyCount, "healthy");
  const dead = await gather(service, receiver.url, 1, "dead");
  const load = { ratePerSecond, seconds: loadedSeconds };
  await loadedLatency(service, receiver, healthy, { ...load, seconds: 1 });
  const alone = await loadedLatency(service, receiver, healthy, load);
  const slow = await gather(service, receiver.url, slowCount, "slow");
  await publish(api(service.url, service.key), slow.cacheName, topicName, {});
  const besideSlow = await loadedLatency(service, receiver, healthy, load);
  await publishInBatches(service, dead.cacheName, deadMessages);
  const besideDead = await loadedLatency(service, receiver, healthy, load);
  return { deadMessages, alone, besideSlow, besideDead };
}

async function publishInBatches(
  { url, key }: LoadService,
  cacheName: string,
  count: number,
): Promise<void> {
  const call = api(url, key);
  const path = `/api/v1/caches/${cacheName}/topics/${topicName}/batch`;
  const body = {
    messages: Array.from({ length: batchSize }, (_, number) => ({ value: { number } })),
  };
  await inParallel(Math.ceil(count / batchSize), 4, async () => {
    const { status } = await call({ method: "POST", path, body });
    if (status !== 202) throw new Error(`publishBatch was answered ${status}`);
  });
}
