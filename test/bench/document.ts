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
  const [, rest] = page.split(begins[part]);
  const [text, after] = rest?.split(end) ?? [];
  if (text === undefined || after === undefined) throw new Error(`${pageFile} has no ${part}`);
  return text.trim();
}

async function writePart(part: PagePart, report: string): Promise<void> {
  const page = await readFile(pageFile, "utf8");
  const [before = "", after = ""] = page.split(`${begins[part]}\n\n${partOf(page, part)}\n\n`);
  await writeFile(pageFile, `${before}${begins[part]}\n\n${report}\n\n${after}`);
}

async function writeStored(part: PagePart, value: object): Promise<void> {
  await mkdir(dirname(storedFile(part)), { recursive: true });
  await writeFile(storedFile(part), `${JSON.stringify(value, undefined, 2)}\n`);
}
