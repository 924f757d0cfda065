/** `npm run bench:bundles`: what each function and the client weigh, and how long it takes to load and to start. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunctions } from "../../infra/constructs/bundle.ts";
import { entries } from "../../infra/functions.ts";
import { startLocalRun } from "../support/local-run.ts";
import { root } from "../support/program.ts";
import { bundleForBrowsers } from "./browser-bundle.ts";
import budgets from "./budgets.json" with { type: "json" };
import { isOverBudget, measureBundle } from "./bundle-table.ts";

const reference = "plainClients";
using bundles = await bundleFunctions(root, {
  ...entries,
  [reference]: "test/bench/plain-clients.ts",
});
const rows = Object.keys(entries).map((name) => measureBundle(bundles, name));
const plain = measureBundle(bundles, reference);

console.table(
  rows.map((row) => ({
    function: row.name,
    kB: Math.round(row.kilobytes),
    budget: row.budgetKilobytes,
    "load ms": Math.round(row.loadMs),
    verdict: isOverBudget(row) ? "OVER BUDGET" : "ok",
  })),
);
console.log(
  `For comparison, the DynamoDB and SQS clients alone: ${Math.round(plain.kilobytes)} kB, ` +
    `${Math.round(plain.loadMs)} ms`,
);
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
process.exitCode = rows.some(isOverBudget) ? 1 : 0;
