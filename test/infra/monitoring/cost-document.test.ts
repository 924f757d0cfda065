import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { waitingShards } from "../../../shared/store/keys.ts";
import { suppressedShards } from "../../../shared/store/messages/operational-events.ts";
import { dueShards } from "../../../shared/store/waiting/waiting-jobs.ts";
import { otherSettings } from "../settings/other-settings.ts";
import { settingIn } from "../settings/test-seconds.ts";
import { testedBy } from "../settings/tested-by.ts";
import { synthesize } from "../synthesize.ts";
import { alarmsOf } from "./alarms.ts";
import { dashboardMetrics, idleCost, idleItems, namedMetrics } from "./idle-cost.ts";

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
  const queries = alarms.filter(({ query }) => query !== undefined);
  const named = alarms.length - queries.length;
  expect(item("Alarms")).toContain(`${namedMetrics(alarms)} metrics in ${named} alarms`);
  expect(document).toContain(`The other ${queries.length} alarms ask for metrics`);
});

test("the document's idle costs are those of the template, item by item and together", () => {
  const items = Object.entries(idleItems(template)).filter(([, { list }]) => list > 0);
  const told = rowsOf("What it costs while idle").map(([, name, , list, free]) => [
    ...[name, Number(list), Number(free)],
  ]);
  const { list, free } = idleCost(template);
  const computed = items.map(([name, cost]) => [name, cost.list, cost.free]);
  expect(told).toEqual([...computed, ["Together", list, free]]);
});

test("the document says of every setting what it costs while idle, and how many resources it is", () => {
  const asked = Object.entries(otherSettings).map(([name, settings]) => {
    // Its own worth alone.
    const { template: changed } = synthesize(settings);
    const [cost, usual] = [idleCost(changed), idleCost(template)];
    const resources = resourcesOf(changed) - resourcesOf(template);
    return [name, dollars(cost.list - usual.list), dollars(cost.free - usual.free), resources];
  });
  const counted = asked.filter(
    ([name, list, free, resources]) => list || free || resources || String(name) in testedBy,
  );
  const told = rowsOf("What each setting costs while idle").map(([, name, list, free, count]) => [
    ...[settingIn(name ?? ""), Number(list), Number(free), Number(count)],
  ]);
  expect(told).toEqual(counted);
}, 300_000);

test("the document says how long the tests of each setting take, if it has some of its own", () => {
  for (const [, name = "", , , , seconds] of rowsOf("What each setting costs while idle")) {
    expect(seconds, name).toMatch(settingIn(name) in testedBy ? /^[1-9]\d*$/ : /^0$/);
  }
});

test("an idle deployment costs at most five dollars, and three with the free allowances", () => {
  expect(idleCost(template).list).toBeLessThanOrEqual(5);
  expect(idleCost(template).free).toBeLessThanOrEqual(3);
  template.resourceCountIs("AWS::CloudWatch::Dashboard", 0);
});

test("the stack has one key, and as many mappings as the document pays for", () => {
  template.resourceCountIs("AWS::KMS::Key", 1);
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
  const dashboard = true;
  expect(dashboardMetrics(synthesize({ dashboard }).template)).toBeLessThanOrEqual(50);
  const sharded = synthesize({ dashboard, deliveryShards: 2 }).template;
  expect(dashboardMetrics(sharded)).toBeGreaterThan(50);
});

test("the variables that the document takes from the stack are outputs of it", () => {
  const used = [...document.matchAll(/\$(\w*(?:Table|Key|Url))\b/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(0);
  const outputs = Object.keys(template.findOutputs("*"));
  for (const name of used) expect(outputs).toContain(name);
});

function resourcesOf(from: typeof template): number {
  return Object.keys(from.toJSON().Resources).length;
}

function dollars(amount: number): number {
  return Math.round(amount * 100) / 100;
}
