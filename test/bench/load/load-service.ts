import * as z from "zod/mini";
import { startBenchProcess } from "../bench-process.ts";
import { Measured, type Order } from "../cpu/probe-protocol.ts";
import type { ServiceCpu } from "../cpu/service-cpu.ts";

const Address = z.object({ url: z.string(), key: z.string() });
/** What a client needs to know of a service. */
export type ServiceAddress = z.infer<typeof Address>;

const Stats = z.object({
  initMs: z.array(z.number()),
  firstInvocationMs: z.optional(z.number()),
  invocations: z.int(),
  failures: z.int(),
  cpuMs: z.number(),
});
export type FunctionStats = z.infer<typeof Stats>;

const Cpu = z.object({ functions: z.number(), gateway: z.number(), engines: z.number() });

/** The service under load, in a process of its own. */
export interface LoadService extends ServiceAddress, AsyncDisposable {
  /** What the host knows of each function, by its name in the stack. */
  functions(): Promise<Record<string, FunctionStats>>;
  cpu(): Promise<ServiceCpu>;
  /** Orders the probes, where the assembly has some; `folder` is where profiles go. */
  probe(kind: Order["kind"], folder?: string): Promise<Measured[]>;
}

export async function startLoadService(assembly: string): Promise<LoadService> {
  const service = startBenchProcess("load/service-process.ts", [assembly]);
  return {
    ...(await service.ask("address", Address)),
    probe: (kind, folder = "") => service.ask("probe", z.array(Measured), { kind, folder }),
    cpu: () => service.ask("cpu", Cpu),
    functions: () => service.ask("functions", z.record(z.string(), Stats)),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
