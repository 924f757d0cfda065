import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Comparison } from "../../bench/against/comparison.ts";
import { againstReport } from "../../bench/against/report.ts";
import { pageFile, partOf, type StoredRun, storedFile, withPart } from "../../bench/document.ts";
import { goalTable } from "../../bench/goal.ts";
import { machineLine } from "../../bench/machine.ts";
import { chartFiles, chartImage, drawCharts } from "../../bench/plots/charts.ts";

const page = readFileSync(pageFile, "utf8");
// Both are written by the bench, and read as it wrote them.
const run: StoredRun = JSON.parse(readFileSync(storedFile("run"), "utf8"));
const comparison: Comparison | undefined = existsSync(storedFile("comparison"))
  ? JSON.parse(readFileSync(storedFile("comparison"), "utf8"))
  : undefined;

test("a report replaces the one before, and nothing else", () => {
  const first = withPart(page, "comparison", "first");
  const second = withPart(first, "comparison", "second");

  expect(partOf(first, "comparison")).toBe("first");
  expect(partOf(second, "comparison")).toBe("second");
  expect(second).toBe(first.replace("\nfirst\n", "\nsecond\n"));
  expect(partOf(second, "run")).toBe(partOf(page, "run"));
});

test("the page has the stored run, with its machine and goals", () => {
  expect(partOf(page, "run")).toBe(run.report);
  expect(run.report).toContain(goalTable(run.goals));
  expect(run.report).toContain(machineLine(run.result.machine));
});

test("the page has the stored comparison, and none if none is stored", () => {
  expect(partOf(page, "comparison")).toBe(comparison ? againstReport(comparison) : "");
});

test.each(drawCharts(run.charts))("%s is drawn of the stored run", (file, svg) => {
  expect(readFileSync(join(pageFile, "..", file), "utf8")).toBe(svg);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("each picture stands below its table", () => {
  for (const chart of Object.keys(chartFiles) as (keyof typeof chartFiles)[]) {
    const [above = ""] = run.report.split(chartImage(chart, run.charts));
    const section = above.slice(above.lastIndexOf("\n### "));
    expect(section, chart).toMatch(/^\| /m);
  }
});

test.each([
  ["HTTP, publish", /about \[\$([\d.]+) per million messages\]/],
  ["SQS by ten", /\[\$([\d.]+) through an SQS queue\]/],
])("the README's line about cost tells what the stored run found: %s", (way, quoted) => {
  const readme = readFileSync(join(pageFile, "../../README.md"), "utf8");
  const bar = run.charts.cost.bars.find(({ name }) => name === way);
  const figure = bar?.values.reduce((sum, value) => sum + value, 0) ?? Number.NaN;

  // Rounded to half a dollar.
  expect(Math.abs(Number(quoted.exec(readme)?.[1]) - figure)).toBeLessThanOrEqual(0.25);
});
