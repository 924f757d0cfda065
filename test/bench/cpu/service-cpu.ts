import type { Host } from "../../../local/host.ts";

/** Milliseconds of CPU that the parts of a local run have used. */
export interface ServiceCpu {
  functions: number;
  /** The main thread: gateway, event sources and timers, and on up to two processors the embedded engines. */
  gateway: number;
  /** The process's own threads for disk, compiler and collector, and the engines' own thread if they have one. */
  engines: number;
}

/** Of the service in this process, so far; to be asked from the main thread. */
export async function cpuOf({ functions }: Host): Promise<ServiceCpu> {
  const stats = Object.values(await functions());
  const functionsMs = stats.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const gatewayMs = milliseconds(process.threadCpuUsage());
  const engines = milliseconds(process.cpuUsage()) - functionsMs - gatewayMs;
  return { functions: functionsMs, gateway: gatewayMs, engines };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
