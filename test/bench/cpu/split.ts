import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isCalled } from "../../faults/run/injector.ts";
import { type CpuKind, cpuKindOf, cpuKinds } from "./kinds.ts";
import { readProfile } from "./profile.ts";

export const profiledFunctions = ["publish", "deliver"] as const;

/** What share of a function's CPU each kind of work takes. */
export type CpuSplit = Record<CpuKind, number>;

export type CpuSplits = Record<(typeof profiledFunctions)[number], CpuSplit>;

/** Of the profiles that probes have left in the folder. */
export async function readCpuSplits(folder: string): Promise<CpuSplits> {
  return { publish: await splitOf(folder, "publish"), deliver: await splitOf(folder, "deliver") };
}

async function splitOf(folder: string, functionName: string): Promise<CpuSplit> {
  const files = await readdir(folder);
  const own = files.filter(
    (file) => file.endsWith(".cpuprofile") && isCalled(file.split(".")[0] ?? "", functionName),
  );
  const spots = (await Promise.all(own.map((file) => readProfile(join(folder, file))))).flat();
  const msOf = (kind: CpuKind) =>
    spots.filter((spot) => cpuKindOf(spot) === kind).reduce((sum, { selfMs }) => sum + selfMs, 0);
  const ms = cpuKinds.map((kind) => [kind, msOf(kind)] as const);
  const totalMs = ms.reduce((sum, [, one]) => sum + one, 0);
  // Every kind is there, since the list of kinds made it.
  return Object.fromEntries(ms.map(([kind, one]) => [kind, one / totalMs])) as CpuSplit;
}
