import { inParallel } from "../../support/in-parallel.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { machineMs } from "../clock.ts";
import type { Progress } from "../progress.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { type Audience, gather } from "./audience.ts";
import { type LoadService, startLoadService } from "./load-service.ts";
import { openPublisher } from "./publisher.ts";

export interface PublishRate extends Spread {
  concurrency: number;
  fanOut: number;
  requestsPerSecond: number;
}

const concurrencies = [1, 4, 16, 64];
const usualConcurrency = 16;
/** Whose rates are measured at each concurrency. */
const comparedFanOuts = [1, 50];
/** Nobody connects to it: the service is paused. */
const nowhere = "http://127.0.0.1:9";

/** Requests that a paused service answers: publishing by itself, as where deliveries have machines of their own. */
export async function measurePublishing(
  pausedAssembly: string,
  { publishes, fanOuts }: BenchSizes,
  progress: Progress,
): Promise<PublishRate[]> {
  await using service = await startLoadService(pausedAssembly);
  const rates: PublishRate[] = [];
  for (const size of fanOuts) {
    const audience = await gather(service, nowhere, size);
    if (size === 1) await rateOf(service, audience, 64, publishes); // so that all environments are warm
    for (const concurrency of comparedFanOuts.includes(size) ? concurrencies : [usualConcurrency]) {
      rates.push(await rateOf(service, audience, concurrency, publishes));
      progress(`publishing, fan-out ${size}, ${concurrency} at a time`);
    }
  }
  return rates;
}

async function rateOf(
  service: LoadService,
  { cacheName, size }: Audience,
  concurrency: number,
  count: number,
): Promise<PublishRate> {
  await using publisher = openPublisher(service, concurrency);
  const timesMs: number[] = [];
  const startedMs = machineMs();
  await inParallel(count, concurrency, async () => {
    const { sentMs, answeredMs } = await publisher.publish(cacheName);
    timesMs.push(answeredMs - sentMs);
  });
  const requestsPerSecond = (count / (machineMs() - startedMs)) * 1000;
  return { concurrency, fanOut: size, requestsPerSecond, ...spreadOf(timesMs) };
}
