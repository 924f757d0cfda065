/**
 * `npm run bench [-- --quick --write-docs --output folder]`: all that the bench measures, as JSON and Markdown in
 * `bench-results/`; the goals go to stdout as well.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { root } from "../support/process/program.ts";
import { readBenchOptions } from "./bench-options.ts";
import { benchReport } from "./bench-report.ts";
import { goalsOf } from "./bench-result.ts";
import { fullSizes, quickSizes } from "./bench-sizes.ts";
import { embedInDocs } from "./embed-in-docs.ts";
import { goalTable } from "./goal.ts";
import { warningOf } from "./machine.ts";
import { measureAll } from "./measure-all.ts";
import { createProgress } from "./progress.ts";

const { quick, writeDocs, output } = readBenchOptions(process.argv.slice(2));
const folder = await mkdtemp(join(tmpdir(), "hookcast-bench-"));
// Whatever any part leaves behind, it leaves in here.
process.env.TMPDIR = folder;
const remove = () => rm(folder, { recursive: true, force: true });
// The processes of the bench end when this one does.
process.once("SIGINT", () => void remove().finally(() => process.exit(130)));

try {
  const result = await measureAll(folder, quick ? quickSizes : fullSizes, createProgress());
  const goals = goalsOf(result);
  const report = benchReport(result, goals);
  const results = resolve(root, output);
  await mkdir(results, { recursive: true });
  const json = JSON.stringify({ goals, ...result }, undefined, 2);
  await writeFile(join(results, "bench.json"), `${json}\n`);
  await writeFile(join(results, "bench.md"), `${report}\n`);
  if (writeDocs) await embedInDocs(report);
  console.log(goalTable(goals));
  console.log(warningOf(result.machine) ?? "");
} finally {
  await remove();
}
