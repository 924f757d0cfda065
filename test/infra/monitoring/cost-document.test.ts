import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { waitingShards } from "../../../shared/store/keys.ts";
import { suppressedShards } from "../../../shared/store/messages/operational-events.ts";
import { dueShards } from "../../../shared/store/waiting/waiting-jobs.ts";
import { synthesize } from "../synthesize.ts";
import { alarmsOf } from "./alarms.ts";

const document = readFileSync(new URL("../../../docs/deploy.md", import.meta.url), "utf8");
const { template } = synthesize();

/** The rows of a chapter's table, each as its cells. */
function rowsOf(heading: string): string[][] {
  const [, chapter = ""] = document.split(`## ${heading}\n`);
  const [text = ""] = chapter.split("\n## ");
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  return rows
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.replaceAll("*", "").trim()));
}

/** What one item of the idle costs is told to consist of. */
function item(name: string): string {
  const row = rowsOf("What it costs while idle").find(([, cell]) => cell === name);
  return row?.[2] ?? "";
}

test.each([
  ["What it costs while idle", 3],
  ["What it costs while idle", 4],
  ["What it costs per million", 3],
])("%s: the items of column %i add up to what they are together", (heading, column) => {
  const rows = rowsOf(heading);
  const amounts = rows.map((cells) => Number(cells[column]));
  const total = amounts.pop() ?? Number.NaN;
  expect(rows.at(-1)?.[1]).toBe("Together");
  expect(amounts.length).toBeGreaterThan(5);
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total, 6);
});

test("the stack has as many alarms, and as many metrics in them, as the document pays for", () => {
  const alarms = alarmsOf(template);
  const metrics = alarms.flatMap((alarm) => alarm.metrics);
  expect(item("Alarms")).toContain(`${metrics.length} metrics in ${alarms.length} alarms`);
});

test("the stack has one key, one dashboard, and as many mappings as the document pays for", () => {
  template.resourceCountIs("AWS::KMS::Key", 1);
  template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  const mappings = Object.keys(template.findResources("AWS::Lambda::EventSourceMapping")).length;
  const receives = mappings * 5 * 3 * 60 * 24 * 30;
  expect(item("Empty receives")).toContain(`${mappings} mappings`);
  expect(item("Empty receives")).toContain(receives.toLocaleString("en"));
});

test("a sweep reads as much as the document pays for", () => {
  // Looked into twice: for the oldest, and for what has lost its job.
  const halves = 2 * waitingShards;
  const units = dueShards + 1 + halves / 2 + suppressedShards;
  expect(item("Sweeper, reads")).toContain(
    `${units} read units (${dueShards} due, 1 breakers, ${halves} halves for what waits, ${suppressedShards} events)`,
  );
});

test("the dashboard has no more metrics than a free one, with one delivery queue", () => {
  expect(dashboardMetrics()).toBeLessThanOrEqual(50);
  expect(dashboardMetrics({ deliveryShards: 2 })).toBeGreaterThan(50);
});

test("the variables that the document takes from the stack are outputs of it", () => {
  const used = [...document.matchAll(/\$(\w*(?:Table|Key|Url))\b/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(0);
  const outputs = Object.keys(template.findOutputs("*"));
  for (const name of used) expect(outputs).toContain(name);
});

function dashboardMetrics(settings: Record<string, unknown> = {}): number {
  const [dashboard] = Object.values(
    synthesize(settings).template.findResources("AWS::CloudWatch::Dashboard"),
  );
  const parts: unknown[] = dashboard?.Properties.DashboardBody["Fn::Join"][1];
  const body = JSON.parse(parts.map((part) => (typeof part === "string" ? part : "x")).join(""));
  const widgets: { properties: { metrics: unknown[] } }[] = body.widgets;
  return widgets.reduce((sum, { properties }) => sum + properties.metrics.length, 0);
}
