import { bundleFunctions } from "../../infra/constructs/bundle.ts";
import { entries } from "../../infra/functions.ts";
import { isCalled } from "../faults/injector.ts";
import { root } from "../support/program.ts";
import { type BundleRow, measureBundle } from "./bundle-table.ts";
import type { FunctionStats } from "./load-service.ts";

/** What it takes to start a function, and what it holds under load. */
export interface FunctionRow extends Pick<BundleRow, "name" | "kilobytes" | "loadMs"> {
  /** Unknown of functions that nobody called. */
  firstInvocationMs: number | undefined;
  /** Unknown of functions that were under no load. */
  megabytes: number | undefined;
}

/** Does nothing but open the two clients of the SDK. */
export const reference = "the SDK's two clients alone";

/** A row for each function, and the reference. */
export async function measureFunctions(
  stats: Record<string, FunctionStats>,
  megabytes: Record<string, number>,
): Promise<FunctionRow[]> {
  using bundles = await bundleFunctions(root, {
    ...entries,
    [reference]: "test/bench/plain-clients.ts",
  });
  return [...Object.keys(entries), reference].map((name) => {
    const { kilobytes, loadMs } = measureBundle(bundles, name);
    const firstInvocationMs = ofFunction(stats, name)?.firstInvocationMs;
    return { name, kilobytes, loadMs, firstInvocationMs, megabytes: ofFunction(megabytes, name) };
  });
}

function ofFunction<Value>(values: Record<string, Value>, name: string): Value | undefined {
  return Object.entries(values).find(([id]) => isCalled(id, name))?.[1];
}
