/**
 * `npm run simulate`: the delivery functions under a virtual clock. Prints what came of each scenario; with
 * --write it also writes docs/simulation.md and docs/simulation.svg. Exits with 1 when anything was lost.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { compare } from "./simulate/report/compare.ts";
import { concurrencyScenario, simulationDocument } from "./simulate/report/document.ts";
import { plot } from "./simulate/report/plot.ts";
import { type Comparison, comparisonTable } from "./simulate/report/report.ts";
import { scenarioNames } from "./simulate/scenarios.ts";

const usage = `usage: npm run simulate -- [--scenario ${scenarioNames.join(" | ")}]
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
const wanted = scenarioNames.filter((name) => [undefined, name].includes(values.scenario));
const areNumbers = Number.isInteger(seed) && deliveryConcurrency >= 2;
if (wanted.length === 0 || !areNumbers || (values.write && values.scenario)) {
  console.error(usage);
  process.exit(2);
}

const comparisons: Comparison[] = [];
for (const name of wanted) comparisons.push(await compareAt(name, deliveryConcurrency));
console.log(`\n${comparisonTable(comparisons)}`);
if (values.write) {
  const docs = new URL("../docs/", import.meta.url);
  const byConcurrency = [];
  for (const concurrency of [25, 50, 100, 400]) {
    const known = comparisons.find(({ name }) => name === concurrencyScenario);
    const isKnown = known && concurrency === deliveryConcurrency;
    const comparison = isKnown ? known : await compareAt(concurrencyScenario, concurrency);
    byConcurrency.push({ concurrency, comparison });
  }
  await writeFile(new URL("simulation.md", docs), simulationDocument(comparisons, byConcurrency));
  await writeFile(new URL("simulation.svg", docs), plot(comparisons));
}
process.exitCode = comparisons.some(({ result }) => result.lost > 0 || result.early > 0) ? 1 : 0;

async function compareAt(name: string, concurrency: number): Promise<Comparison> {
  const beganMs = performance.now();
  const comparison = await compare(name, { seed, deliveryConcurrency: concurrency });
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
  const what = `${name} (${concurrency} at once): ${comparison.about}`;
  console.log(`${what} Lived through in ${seconds} s.`);
  return comparison;
}
