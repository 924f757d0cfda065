import { inParallel } from "../../support/in-parallel.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { dividedBy, plus } from "../cost/usage.ts";
import type { ServiceCpu } from "../cpu/service-cpu.ts";
import type { Progress } from "../progress.ts";
import { median } from "../spread.ts";
import type { Audience } from "./audience.ts";
import { measureCeiling } from "./ceiling.ts";
import type { LoadReceiver } from "./load-receiver.ts";
import type { LoadService } from "./load-service.ts";
import { openPublisher } from "./publisher.ts";
import { ratePerSecond } from "./rate.ts";

/** Deliveries a second from publish to POST, each the median of its rounds. */
export interface EndToEnd {
  fanOut1: number;
  fanOut50: number;
  /** Bare POSTs a second to the same receiver. */
  ceiling: number;
  /** Of fan-out 50 to the ceiling of the same round. */
  share: number;
  /** For each delivery at fan-out 50, the publishes and fan-out jobs behind them included. */
  cpuMs: ServiceCpu;
}

const publishesAtOnce = 16;

/** Service and ceiling take turns, so that what else the machine does befalls both. */
export async function measureEndToEnd(
  service: LoadService,
  receiver: LoadReceiver,
  { few, many }: Record<"few" | "many", Audience>,
  { rounds, deliveries, ceilingPosts }: BenchSizes,
  progress: Progress,
): Promise<EndToEnd> {
  const run = (audience: Audience, count: number) =>
    deliver(service, receiver, audience, count / audience.size);
  await measureCeiling(receiver, ceilingPosts);
  await run(few, deliveries / 10);
  await run(many, deliveries);
  const fanOut1: number[] = [];
  const fanOut50: number[] = [];
  const ceiling: number[] = [];
  let cpuMs: ServiceCpu = { functions: 0, gateway: 0, engines: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    ceiling.push(await measureCeiling(receiver, ceilingPosts));
    fanOut1.push(await run(few, deliveries / 5));
    const before = await service.cpu();
    fanOut50.push(await run(many, deliveries));
    cpuMs = plus(cpuMs, plus(await service.cpu(), before, -1));
    progress(`end to end, round ${round}`);
  }
  return {
    fanOut1: median(fanOut1),
    fanOut50: median(fanOut50),
    ceiling: median(ceiling),
    share: median(fanOut50.map((rate, n) => rate / (ceiling[n] ?? rate))),
    cpuMs: dividedBy(cpuMs, rounds * deliveries),
  };
}

async function deliver(
  service: LoadService,
  receiver: LoadReceiver,
  { cacheName, size }: Audience,
  count: number,
): Promise<number> {
  await using publisher = openPublisher(service, publishesAtOnce);
  await inParallel(count, publishesAtOnce, async () => void (await publisher.publish(cacheName)));
  return ratePerSecond(await receiver.take(cacheName, count * size));
}
