/** `npm run bench:bundles`: what each function and the client weigh, and how long it takes to load and to start. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalRun } from "../support/service/local-run.ts";
import { bundleForBrowsers } from "./bundles/browser-bundle.ts";
import budgets from "./bundles/budgets.json" with { type: "json" };
import { loadGoals, measureBundles, reference } from "./bundles/loads.ts";
import { isOverBudget } from "./bundles/weights.ts";
import { goalTable } from "./goal.ts";

const rows = await measureBundles();
const functions = rows.filter(({ name }) => name !== reference);
const goals = loadGoals(rows);

console.table(
  rows.map((row) => ({
    bundle: row.name,
    kB: Math.round(row.kilobytes),
    budget: row.name === reference ? "" : row.budgetKilobytes,
    "load, CPU ms": Math.round(row.loadMs),
    verdict: row.name === reference ? "" : isOverBudget(row) ? "OVER BUDGET" : "ok",
  })),
);
console.log(goalTable(goals));
for (const [name, budgetKilobytes] of Object.entries(budgets.clientKilobytes)) {
  const { kilobytes } = await bundleForBrowsers(name);
  console.log(`client/${name}.ts in a browser: ${kilobytes.toFixed(1)} of ${budgetKilobytes} kB`);
}

const dataDir = await mkdtemp(join(tmpdir(), "hookcast-bench-"));
try {
  for (const temperature of ["cold", "warm"]) {
    await using run = await startLocalRun({ dataDir });
    console.log(`local run ready after ${Math.round(run.readyAfterMs)} ms, ${temperature}`);
    await run.stop();
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
process.exitCode = functions.some(isOverBudget) || !goals.every(({ isMet }) => isMet) ? 1 : 0;
