/**
 * `npm test`: every check of the project but those that take long, which `npm run test:long` has, with `--long`;
 * `npm run check` has the quick ones of them alone, with `--fast`. A check that fails does not hide the next.
 *
 * `--tally=FILE` leaves what was counted in a file; with `--long` it counts what such a file has as well.
 * `--minutes=N` tells `--long` how much time it has: mutations are tried for as long as there is some.
 * `--durations=FILE` adds to a file how long each test file took, for `npm run docs:test-seconds -- FILE`.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkTemplates } from "./cfn-lint/check-templates.ts";
import { runSchemathesis } from "./schemathesis/step.ts";
import { recordDurations } from "./steps/durations.ts";
import { askEngine, runDeploy, runMutations } from "./steps/fork-step.ts";
import { staticChecks } from "./steps/static-checks.ts";
import { runInOrder, runTogether, type Step, timeLines } from "./steps/steps.ts";
import { sumTallies, tallyLines } from "./steps/tally.ts";
import { addTally, writeTally } from "./steps/tally-file.ts";
import { type TestSelection, testFiles } from "./steps/test-files.ts";
import { runVitest } from "./steps/vitest-step.ts";
import { steadyProjects } from "./tiers.ts";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    durations: { type: "string" },
    fast: { type: "boolean" },
    long: { type: "boolean" },
    minutes: { type: "string" },
    tally: { type: "string" },
  },
});

if (values.durations) recordDurations(resolve(values.durations));

const checks: Step[] = [
  { name: "static checks", run: async () => sumTallies(await runTogether(staticChecks)) },
  tests("quick", ["unit", "property"]),
];
const usual: Step[] = [
  ...checks,
  tests("usual", ["unit", "property"]),
  ...["conformance", "infra", "contract"].map((project) => tests("usual", [project])),
  ...["security", "faults", "system", "browser"].map((project) => tests("usual", [project])),
];
const long: Step[] = [
  ...["moto", "ElasticMQ"].map((engine) => ({
    name: `conformance tests on ${engine}`,
    run: () => askEngine(engine),
  })),
  ...["property", "infra", "contract", "faults", "system", "browser", "site"].map((project) =>
    tests("long", [project]),
  ),
  {
    name: "contract tests by the publish URL",
    run: () => runVitest(["publish-url"], { secondTry: true }),
  },
  { name: "the template by AWS's schemas", run: checkTemplates },
  { name: "the API against its document", run: runSchemathesis },
  { name: "a deployment to an emulator", run: runDeploy },
  // Last, since they take whatever time is left.
  { name: "mutations", run: () => runMutations(minutesLeft()) },
];

const results = await runInOrder(values.fast ? checks : values.long ? long : usual);
const own = sumTallies(results.map(({ tally }) => tally));
const tally = values.long && values.tally ? addTally(values.tally, own) : own;
if (!values.long && values.tally) writeTally(values.tally, tally);

console.log("");
for (const line of [...timeLines(results), "", ...tallyLines(tally)]) console.log(line);
process.exit(tally.failures.length > 0 ? 1 : 0);

/** Those tests of these projects that a run of this kind has. */
function tests(selection: TestSelection, projects: string[]): Step {
  return {
    name: `${selection} ${projects.join(" and ")} tests`,
    run: async () => {
      const files = testFiles(selection, projects);
      if (files.length === 0) throw new Error("there is no such test");
      const secondTry = !projects.some((project) => steadyProjects.includes(project));
      return await runVitest(projects, { files, isolate: selection !== "quick", secondTry });
    },
  };
}

function minutesLeft(): number | undefined {
  if (values.minutes === undefined) return undefined;
  return Math.max(0, Number(values.minutes) - performance.now() / 60_000);
}
