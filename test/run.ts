/**
 * `npm test`: every check of the project, one after the other; a failing one does not hide the next.
 * `--fast` leaves out what needs a synthesized stack or a running service; `--deploy` adds `npm run test:deploy`.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { inspect } from "node:util";
import { checkTemplates } from "./cfn-lint/check-templates.ts";
import { runSchemathesis } from "./schemathesis/step.ts";
import { askEngine, runDeploy } from "./steps/fork-step.ts";
import { checkImports } from "./steps/imports-step.ts";
import { sumTallies, type Tally, tallyLines } from "./steps/tally.ts";
import { failedStep, runTool } from "./steps/tool-step.ts";
import { runVitest } from "./steps/vitest-step.ts";

interface Step {
  name: string;
  run: () => Promise<Tally>;
}

const staticSteps: Step[] = [
  { name: "format and lint", run: () => runTool("biome", ["check", "."]) },
  { name: "types", run: () => checkTypes(".") },
  { name: "types of the console", run: () => checkTypes("console") },
  { name: "types of the package on Node 20", run: () => checkTypes("tsconfig.package.json") },
  { name: "import direction", run: checkImports },
  { name: "unused code", run: () => runTool("knip", []) },
];

const fastTests = ["unit", "property"];
const slowTests = [["infra"], ["contract"], ["security"], ["faults"], ["system"], ["browser"]];
/** Engines of others, asked what `test/conformance` asks of our own. */
const opinions = ["moto", "ElasticMQ"].map((engine) => ({
  name: `conformance tests on ${engine}`,
  run: () => askEngine(engine),
}));

process.chdir(resolve(import.meta.dirname, ".."));
const isFast = process.argv.includes("--fast");
const slowSteps: Step[] = [
  ...testSteps(["conformance"]),
  ...opinions,
  ...testSteps(...slowTests),
  { name: "the template by AWS's schemas", run: checkTemplates },
  { name: "the API against its document", run: runSchemathesis },
];
const deploySteps = process.argv.includes("--deploy")
  ? [{ name: "a deployment to an emulator", run: runDeploy }]
  : [];

const staticTallies = await runInOrder(staticSteps);
const testTallies = await runInOrder([
  ...testSteps(fastTests),
  ...(isFast ? [] : slowSteps),
  ...deploySteps,
]);
const tally = sumTallies([...staticTallies, ...testTallies]);
const ranNoTest = testTallies.every(({ passed, failures }) => passed + failures.length === 0);

console.log("");
if (ranNoTest) console.log("No test ran.");
for (const line of tallyLines(tally)) console.log(line);
process.exit(tally.failures.length > 0 || ranNoTest ? 1 : 0);

/** For each group one run of vitest for those of its folders that exist. */
function testSteps(...groups: string[][]): Step[] {
  return groups
    .map((folders) => folders.filter((folder) => existsSync(`test/${folder}`)))
    .filter((projects) => projects.length > 0)
    .map((projects) => ({
      name: `${projects.join(" and ")} tests`,
      run: () => runVitest(projects),
    }));
}

function checkTypes(project: string): Promise<Tally> {
  return runTool("tsc", ["--noEmit", "--project", project]);
}

async function runInOrder(steps: Step[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const { name, run } of steps) {
    console.log(`\n== ${name}`);
    tallies.push(await run().catch((error: unknown) => failedStep(name, inspect(error))));
  }
  return tallies;
}
