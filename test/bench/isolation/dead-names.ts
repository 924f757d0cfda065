import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";
import { putWebhook } from "../../support/calls.ts";
import { api } from "../../support/service/api.ts";
import { assemblyWith } from "../assembly-variables.ts";
import { startBenchProcess } from "../bench-process.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import { loadedLatency } from "../load/latency.ts";
import type { LoadReceiver } from "../load/load-receiver.ts";
import { type LoadService, startLoadService } from "../load/load-service.ts";
import { openPublisher, topicName } from "../load/publisher.ts";
import type { Spread } from "../spread.ts";

/** What webhooks whose names are found notice of others whose name servers never answer. */
export interface DeadNames {
  names: number;
  alone: Spread;
  besideDead: Spread;
}

const deadCount = 8;
const healthyCount = 10;
/** To all of the healthy ones. */
const ratePerSecond = 4;
/** The receiver closes connections below its path, so that each POST needs the name again. */
const healthyCache = "named";
const deadCache = "dead-names";
const preload = pathToFileURL(
  join(import.meta.dirname, "../../support/network/ask-name-server.ts"),
);

/** By a service of its own, which asks a name server of the bench. */
export async function measureDeadNames(
  delivering: string,
  receiver: LoadReceiver,
  { loadedSeconds }: BenchSizes,
): Promise<DeadNames> {
  await using nameServer = startBenchProcess("isolation/names-process.ts");
  const assembly = await assemblyWith(delivering, `${delivering}-names`, {
    NODE_OPTIONS: `--import=${preload}`,
    NAME_SERVER: await nameServer.ask("address", z.string()),
  });
  await using service = await startLoadService(assembly);
  const { port } = new URL(receiver.url);
  await putAt(service, healthyCount, (n) => {
    return { cacheName: healthyCache, url: `http://healthy-${n}.test:${port}/${healthyCache}` };
  });
  await putAt(service, deadCount, (n) => {
    return { cacheName: deadCache, url: `http://dead-${n}.test:${port}/` };
  });

  const audience = { cacheName: healthyCache, size: healthyCount };
  const load = { ratePerSecond, seconds: loadedSeconds };
  await using publisher = openPublisher(service, 1);
  // Enough at once that the environments are there which those that wait for dead names make necessary.
  const warmUp = { ratePerSecond: 5 * ratePerSecond, seconds: 1 };
  await loadedLatency(service, receiver, audience, warmUp);
  const alone = await loadedLatency(service, receiver, audience, load);
  await publisher.publish(deadCache);
  const besideDead = await loadedLatency(service, receiver, audience, load);
  return { names: deadCount, alone, besideDead };
}

async function putAt(
  { url, key }: LoadService,
  count: number,
  webhookOf: (n: number) => { cacheName: string; url: string },
): Promise<void> {
  const call = api(url, key);
  for (let n = 0; n < count; n += 1) {
    const { cacheName, url: postUrl } = webhookOf(n);
    await putWebhook(call, { cacheName, webhookName: `hook-${n}`, topicName, postUrl });
  }
}
