import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../support/process/program.ts";
import type { Comparison } from "./against/comparison.ts";
import { againstReport } from "./against/report.ts";
import type { BenchResult } from "./bench-result.ts";
import type { Goal } from "./goal.ts";
import { type Charts, drawCharts } from "./plots/charts.ts";

/** A run as docs/performance.md has it. The report is stored as it was, since the bench may report more by now. */
export interface StoredRun {
  goals: Goal[];
  result: BenchResult;
  report: string;
  charts: Charts;
}

/** The parts of the page that the bench writes. */
const begins = {
  run: "<!-- npm run bench -- --write-docs: from here -->",
  comparison: "<!-- npm run bench -- --against <commit> --write-docs: from here -->",
};
const end = "<!-- to here -->";

export type PagePart = keyof typeof begins;

const docs = join(root, "docs");
export const pageFile = join(docs, "performance.md");
export const storedFile = (part: PagePart) => join(root, "test/bench/stored", `${part}.json`);

export async function writeRun(run: StoredRun): Promise<void> {
  await writeStored("run", run);
  await writePart("run", run.report);
  for (const [file, svg] of drawCharts(run.charts)) await writeFile(join(docs, file), svg);
}

export async function writeComparison(comparison: Comparison): Promise<void> {
  await writeStored("comparison", comparison);
  await writePart("comparison", againstReport(comparison));
}

/** What a part of the page has by now. */
export function partOf(page: string, part: PagePart): string {
  return page.slice(...boundsOf(page, part)).trim();
}

/** The page with another text in a part. */
export function withPart(page: string, part: PagePart, report: string): string {
  const [start, stop] = boundsOf(page, part);
  return `${page.slice(0, start)}\n\n${report}\n\n${page.slice(stop)}`;
}

function boundsOf(page: string, part: PagePart): [start: number, stop: number] {
  const begin = page.indexOf(begins[part]);
  const start = begin + begins[part].length;
  const stop = page.indexOf(end, start);
  if (begin < 0 || stop < 0) throw new Error(`${pageFile} has no place for the ${part}`);
  return [start, stop];
}

async function writePart(part: PagePart, report: string): Promise<void> {
  await writeFile(pageFile, withPart(await readFile(pageFile, "utf8"), part, report));
}

async function writeStored(part: PagePart, value: object): Promise<void> {
  await mkdir(dirname(storedFile(part)), { recursive: true });
  await writeFile(storedFile(part), `${JSON.stringify(value, undefined, 2)}\n`);
}
