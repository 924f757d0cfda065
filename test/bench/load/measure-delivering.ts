import type { BenchSizes } from "../bench-sizes.ts";
import { callEveryOperation } from "../bundles/first-calls.ts";
import { measureIsolation } from "../isolation/isolation.ts";
import type { Progress } from "../progress.ts";
import { gather } from "./audience.ts";
import { measureEndToEnd } from "./end-to-end.ts";
import { measureLatency } from "./latency.ts";
import type { LoadReceiver } from "./load-receiver.ts";
import { startLoadService } from "./load-service.ts";

/** All that one service shows that delivers what is published to it. */
export async function measureDelivering(
  delivering: string,
  receiver: LoadReceiver,
  sizes: BenchSizes,
  progress: Progress,
) {
  await using service = await startLoadService(delivering);
  await callEveryOperation(service, receiver.url);
  const few = await gather(service, receiver.url, 1);
  const many = await gather(service, receiver.url, 50);
  const endToEnd = await measureEndToEnd(service, receiver, { few, many }, sizes, progress);
  const latency = await measureLatency(service, receiver, few, sizes, endToEnd.fanOut1 / 2);
  progress("latency is measured");
  // Last, for what the dead one leaves behind goes on.
  const isolation = await measureIsolation(service, receiver, sizes);
  progress("a dead webhook is put up with");
  return { endToEnd, latency, isolation, stats: await service.functions() };
}
