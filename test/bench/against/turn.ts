import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "../../support/in-parallel.ts";
import { type Audience, gather } from "../load/audience.ts";
import { unloadedLatency } from "../load/latency.ts";
import { type LoadReceiver, startLoadReceiver } from "../load/load-receiver.ts";
import { openPublisher } from "../load/publisher.ts";
import { ratePerSecond } from "../load/rate.ts";
import { cpuMsOf, memoryMbOf } from "./process-tree.ts";
import type { StartedCheckout } from "./started-checkout.ts";

/** What a turn does. */
export interface TurnSizes {
  /** Before anything is measured, at each fan-out. */
  warmUpDeliveries: number;
  deliveries1: number;
  deliveries50: number;
  /** Published one after the other, each when the one before has arrived. */
  oneAtATime: number;
  /** Without a request, before idle memory is read. */
  idleSeconds: number;
}

/** What one start of one checkout did. Memory is in megabytes, times and CPU in milliseconds. */
export interface TurnFigures {
  publishesPerSecond: number;
  deliveriesPerSecond1: number;
  deliveriesPerSecond50: number;
  cpuMs1: number;
  cpuMs50: number;
  p50Ms: number;
  p99Ms: number;
  peakMb: number;
  idleMb: number;
  startMb: number;
  readyMs: number;
}

interface Load {
  publishesPerSecond: number;
  deliveriesPerSecond: number;
  /** For each delivery, until the service has nothing left to do. */
  cpuMs: number;
  peakMb: number;
}

const publishesAtOnce = 16;
const sampleEveryMs = 500;

export async function measureTurn(
  service: StartedCheckout,
  { warmUpDeliveries, deliveries1, deliveries50, oneAtATime, idleSeconds }: TurnSizes,
): Promise<TurnFigures> {
  const startMb = memoryMbOf(service.pid);
  await using receiver = await startLoadReceiver();
  const few = await gather(service, receiver.url, 1);
  const many = await gather(service, receiver.url, 50);
  const load = (audience: Audience, deliveries: number) =>
    applyLoad(service, receiver, audience, Math.ceil(deliveries / audience.size));
  for (const audience of [few, many]) await load(audience, warmUpDeliveries);
  const one = await load(few, deliveries1);
  const fifty = await load(many, deliveries50);
  const { p50Ms, p99Ms } = await unloadedLatency(service, receiver, few, oneAtATime);
  await pause(idleSeconds * 1000);
  return {
    publishesPerSecond: one.publishesPerSecond,
    deliveriesPerSecond1: one.deliveriesPerSecond,
    deliveriesPerSecond50: fifty.deliveriesPerSecond,
    cpuMs1: one.cpuMs,
    cpuMs50: fifty.cpuMs,
    p50Ms,
    p99Ms,
    peakMb: Math.max(one.peakMb, fifty.peakMb),
    idleMb: memoryMbOf(service.pid),
    startMb,
    readyMs: service.readyAfterMs,
  };
}

async function applyLoad(
  service: StartedCheckout,
  receiver: LoadReceiver,
  { cacheName, size }: Audience,
  publishes: number,
): Promise<Load> {
  await using publisher = openPublisher(service, publishesAtOnce);
  let peakMb = 0;
  const sample = () => {
    peakMb = Math.max(peakMb, memoryMbOf(service.pid));
  };
  const sampling = setInterval(sample, sampleEveryMs);
  try {
    const cpuBeforeMs = cpuMsOf(service.pid);
    const startedMs = performance.now();
    await inParallel(
      publishes,
      publishesAtOnce,
      async () => void (await publisher.publish(cacheName)),
    );
    const publishesPerSecond = (publishes / (performance.now() - startedMs)) * 1000;
    const arrivals = await receiver.take(cacheName, publishes * size);
    sample();
    const cpuMs = (await settledCpuMs(service.pid)) - cpuBeforeMs;
    return {
      publishesPerSecond,
      deliveriesPerSecond: ratePerSecond(arrivals),
      cpuMs: cpuMs / (publishes * size),
      peakMb,
    };
  } finally {
    clearInterval(sampling);
  }
}

/** Less than this share of a core is what a service does that has nothing to do. */
const quietShare = 0.1;
const lookEveryMs = 300;
const maxLooks = 50;

/** CPU so far, once rows are written and queues are empty. */
async function settledCpuMs(pid: number): Promise<number> {
  let cpuMs = cpuMsOf(pid);
  for (let look = 0; look < maxLooks; look += 1) {
    const before = cpuMs;
    await pause(lookEveryMs);
    cpuMs = cpuMsOf(pid);
    if (cpuMs - before < quietShare * lookEveryMs) break;
  }
  return cpuMs;
}
