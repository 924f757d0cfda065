import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { bundleFunctions } from "../../../infra/constructs/bundle.ts";
import { entries } from "../../../infra/functions.ts";
import { root } from "../../support/process/program.ts";
import { atMost, type Goal } from "../goal.ts";
import { median } from "../spread.ts";
import { type BundleWeight, fileOf, weigh } from "./weights.ts";

export interface BundleRow extends BundleWeight {
  /** Of CPU: it is all that a load needs, and on a busy machine it is what can be measured. */
  loadMs: number;
}

/** Does nothing but open the two clients of the SDK, which is bundled as it is. */
export const reference = "the SDK's two clients alone";

/** The same as an entry of a bundle. */
export const plainClients = { [reference]: "test/bench/bundles/plain-clients.ts" };

const usualRounds = 15;
const tellCpuOfLoad =
  "const before = process.cpuUsage(); await import(process.argv[1]);" +
  "const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000)";

/** A row for each function, and the reference. All are loaded in turns, so that a busy moment strikes all alike. */
export async function measureBundles(rounds: number = usualRounds): Promise<BundleRow[]> {
  using bundles = await bundleFunctions(root, entries);
  using asTheyAre = await bundleFunctions(root, plainClients, { plugins: [] });
  const places = [
    ...Object.keys(entries).map((name) => ({ bundles, name })),
    { bundles: asTheyAre, name: reference },
  ];
  const loads = places.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    places.forEach(({ bundles, name }, n) => void loads[n]?.push(loadMs(fileOf(bundles, name))));
  }
  return places.map(({ bundles, name }, n) => ({
    ...weigh(bundles, name),
    loadMs: median(loads[n] ?? []),
  }));
}

export function loadGoals(rows: readonly Pick<BundleRow, "name" | "loadMs">[]): Goal[] {
  const loadMsOf = (wanted: string) =>
    rows.find(({ name }) => name === wanted)?.loadMs ?? Number.NaN;
  return ["publish", "deliver"].map((name) =>
    atMost(
      `loading ${name}, as a share of ${reference}`,
      0.7,
      loadMsOf(name) / loadMsOf(reference),
    ),
  );
}

/** A fresh process for every load: nothing is compiled or cached yet, as in a new Lambda. */
function loadMs(file: string): number {
  const url = pathToFileURL(file).href;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", tellCpuOfLoad, url]));
}
