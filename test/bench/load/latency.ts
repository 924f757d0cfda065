import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "../../support/percentile.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { type Spread, spreadOf } from "../spread.ts";
import type { Arrival } from "./arrivals.ts";
import type { Audience } from "./audience.ts";
import type { LoadReceiver } from "./load-receiver.ts";
import type { LoadService, ServiceAddress } from "./load-service.ts";
import { openPublisher, type Published } from "./publisher.ts";

/** Shares of all, in a hundred. */
export const percentiles = [50, 75, 90, 95, 99, 99.9] as const;

/** How many take how long. */
export interface LatencyCurve extends Spread {
  /** For each of the percentiles. */
  percentilesMs: number[];
}

/** From a publish leaving its client to its POST arriving. */
export interface Latency {
  unloaded: LatencyCurve;
  loaded: LatencyCurve;
  /** Of the load. */
  ratePerSecond: number;
}

const maxAtOnce = 64;

export async function measureLatency(
  service: LoadService,
  receiver: LoadReceiver,
  audience: Audience,
  { unloadedPublishes, loadedSeconds }: BenchSizes,
  ratePerSecond: number,
): Promise<Latency> {
  const load = { ratePerSecond, seconds: loadedSeconds };
  await unloadedLatency(service, receiver, audience, Math.ceil(unloadedPublishes / 4));
  const unloaded = await unloadedLatency(service, receiver, audience, unloadedPublishes);
  return {
    unloaded,
    loaded: await loadedLatency(service, receiver, audience, load),
    ratePerSecond,
  };
}

/** With nothing else under way. */
export async function unloadedLatency(
  service: ServiceAddress,
  receiver: LoadReceiver,
  { cacheName }: Audience,
  count: number,
): Promise<LatencyCurve> {
  await using publisher = openPublisher(service, 1);
  const timesMs: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const published = await publisher.publish(cacheName);
    timesMs.push(...latenciesMs([published], await receiver.take(cacheName, 1)));
  }
  return curveOf(timesMs);
}

/** At so many publishes a second, which do not wait for each other. */
export async function loadedLatency(
  service: LoadService,
  receiver: LoadReceiver,
  { cacheName, size }: Audience,
  load: { ratePerSecond: number; seconds: number },
): Promise<LatencyCurve> {
  await using publisher = openPublisher(service, maxAtOnce);
  const publishing: Promise<Published>[] = [];
  const startedMs = performance.now();
  const endMs = startedMs + load.seconds * 1000;
  while (performance.now() < endMs) {
    const due = ((performance.now() - startedMs) / 1000) * load.ratePerSecond;
    while (publishing.length <= due) publishing.push(publisher.publish(cacheName));
    await pause(1);
  }
  const published = await Promise.all(publishing);
  const arrivals = await receiver.take(cacheName, published.length * size);
  return curveOf(latenciesMs(published, arrivals));
}

function latenciesMs(published: Published[], arrivals: Arrival[]): number[] {
  const sentMs = new Map(published.map(({ messageId, sentMs }) => [messageId, sentMs]));
  return arrivals.flatMap(({ messageId, atMs }) => {
    const sent = sentMs.get(messageId);
    return sent === undefined ? [] : [atMs - sent];
  });
}

function curveOf(timesMs: number[]): LatencyCurve {
  const percentilesMs = percentiles.map((share) => percentile(timesMs, share / 100));
  return { ...spreadOf(timesMs), percentilesMs };
}
