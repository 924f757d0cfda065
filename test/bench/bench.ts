/**
 * `npm run bench [-- --quick --write-docs --output folder]`: all that the bench measures, as JSON and Markdown in
 * `bench-results/`; the goals go to stdout as well. `--against <commit>` compares this checkout with a commit instead, or,
 * with `--write-docs`, as well.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { root } from "../support/process/program.ts";
import { compareWith, fullTurn, quickTurn } from "./against/compare-with.ts";
import { againstReport } from "./against/report.ts";
import { type BenchOptions, readBenchOptions } from "./bench-options.ts";
import { BenchRefusal } from "./bench-refusal.ts";
import { benchReport } from "./bench-report.ts";
import { goalsOf } from "./bench-result.ts";
import { fullSizes, quickSizes } from "./bench-sizes.ts";
import { writeComparison, writeRun } from "./document.ts";
import { goalTable } from "./goal.ts";
import { warningOf } from "./machine.ts";
import { measureAll } from "./measure-all.ts";
import { chartsOf, drawCharts } from "./plots/charts.ts";
import { createProgress } from "./progress.ts";

const ending = new AsyncDisposableStack();
let isInterrupted = false;
// The bench's own processes end when this one does; what it has started besides ends with the stack.
process.once("SIGINT", () => {
  isInterrupted = true;
  void ending.disposeAsync().finally(() => process.exit(130));
});

try {
  const options = readBenchOptions(process.argv.slice(2));
  const folder = await mkdtemp(join(tmpdir(), "hookcast-bench-"));
  ending.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  // Whatever any part leaves behind, it leaves in here.
  process.env.TMPDIR = folder;
  const { against, writeDocs } = options;
  if (against === undefined || writeDocs) await measure(folder, options);
  if (against !== undefined) await compare(folder, against, options);
} catch (error) {
  // What was under way then fails, which says nothing.
  if (isInterrupted) await new Promise(() => {});
  if (!(error instanceof BenchRefusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await ending.disposeAsync();
}

async function measure(folder: string, options: BenchOptions): Promise<void> {
  const sizes = options.quick ? quickSizes : fullSizes;
  const result = await measureAll(folder, sizes, createProgress());
  const goals = goalsOf(result);
  const charts = chartsOf(result);
  const report = benchReport(result, goals, charts);
  await writeResult("bench", { goals, ...result }, report, options);
  for (const [file, svg] of drawCharts(charts))
    await writeFile(resolve(root, options.output, file), svg);
  if (options.writeDocs) await writeRun({ goals, result, report, charts });
  console.log(goalTable(goals));
  console.log(warningOf(result.machine) ?? "");
}

async function compare(folder: string, commit: string, options: BenchOptions): Promise<void> {
  const { turns } = options;
  const sizes = options.quick ? quickTurn : fullTurn;
  const comparison = await compareWith(commit, { turns, sizes, folder, ending }, createProgress());
  const report = againstReport(comparison);
  await writeResult("against", comparison, report, options);
  if (options.writeDocs) await writeComparison(comparison);
  console.log(report);
}

async function writeResult(
  name: string,
  result: object,
  report: string,
  { output }: BenchOptions,
): Promise<void> {
  const results = resolve(root, output);
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
  await writeFile(join(results, `${name}.md`), `${report}\n`);
}
