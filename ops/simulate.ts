/**
 * `npm run simulate`: the rules of delivery under a virtual clock. Prints what came of each scenario; a full
 * run also writes docs/simulation.md and docs/simulation.svg. Exits with 1 when anything was lost.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { simulationDocument } from "./simulate-document.ts";
import { plot } from "./simulate-plot.ts";
import { type Comparison, comparisonTable } from "./simulate-report.ts";
import { runScenario } from "./simulate-run.ts";
import { type Scenario, scenarios } from "./simulate-scenarios.ts";

const usage = `usage: npm run simulate -- [--scenario ${scenarios.map((make) => make().name).join(" | ")}]
                           [--seed 1] [--delivery-concurrency 100] [--write]

--write renews docs/simulation.md and docs/simulation.svg, and needs every scenario.`;

const { values } = parseArgs({
  options: {
    scenario: { type: "string" },
    seed: { type: "string", default: "1" },
    "delivery-concurrency": { type: "string", default: "100" },
    write: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const deliveryConcurrency = Number(values["delivery-concurrency"]);
const wanted = scenarios.filter((make) => [undefined, make().name].includes(values.scenario));
const areNumbers = Number.isInteger(seed) && deliveryConcurrency >= 2;
if (wanted.length === 0 || !areNumbers || (values.write && values.scenario)) {
  console.error(usage);
  process.exit(2);
}

const comparisons = wanted.map((make) => compare(make, deliveryConcurrency));
console.log(`\n${comparisonTable(comparisons)}`);
if (values.write) {
  const docs = new URL("../docs/", import.meta.url);
  const byConcurrency = [25, 50, 100, 400].map((concurrency) => ({
    concurrency,
    comparisons: wanted.map((make) => compare(make, concurrency)),
  }));
  await writeFile(new URL("simulation.md", docs), simulationDocument(comparisons, byConcurrency));
  await writeFile(new URL("simulation.svg", docs), plot(comparisons));
}
process.exitCode = comparisons.some(({ result }) => result.lost > 0 || result.early > 0) ? 1 : 0;

function compare(make: () => Scenario, concurrency: number): Comparison {
  const beganMs = performance.now();
  const options = { seed, deliveryConcurrency: concurrency };
  const scenario = make();
  const result = runScenario(scenario, options);
  const alone = scenario.streams.filter(({ kind }) => kind !== "troubled");
  const quiet = runScenario({ ...make(), streams: alone }, options);
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
  const { name, about } = scenario;
  console.log(`${name} (${concurrency} at once): ${about} Lived through in ${seconds} s.`);
  return { name, about, result, healthyAloneP99Ms: quiet.healthyP99Ms };
}
