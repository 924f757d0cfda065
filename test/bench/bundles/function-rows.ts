import { isCalled } from "../../faults/run/injector.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import type { FunctionStats } from "../load/load-service.ts";
import { type BundleRow, measureBundles } from "./loads.ts";

/** What it takes to start a function, and what it holds under load. */
export interface FunctionRow extends Pick<BundleRow, "name" | "kilobytes" | "loadMs"> {
  /** Unknown of functions that nobody called. */
  firstInvocationMs: number | undefined;
  /** Unknown of functions that were under no load. */
  megabytes: number | undefined;
}

/** A row for each function, and the reference. */
export async function measureFunctions(
  stats: Record<string, FunctionStats>,
  megabytes: Record<string, number>,
  { bundleLoads }: BenchSizes,
): Promise<FunctionRow[]> {
  const rows = await measureBundles(bundleLoads);
  return rows.map(({ name, kilobytes, loadMs }) => {
    const firstInvocationMs = ofFunction(stats, name)?.firstInvocationMs;
    return { name, kilobytes, loadMs, firstInvocationMs, megabytes: ofFunction(megabytes, name) };
  });
}

function ofFunction<Value>(values: Record<string, Value>, name: string): Value | undefined {
  return Object.entries(values).find(([id]) => isCalled(id, name))?.[1];
}
