import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { metricUnits } from "../../../shared/contract/metrics.ts";
import { synthesize } from "../synthesize.ts";
import { alarmsOf } from "./alarms.ts";

const settings = { stackName: "Hooks" };
const { template } = synthesize({ ...settings, dashboard: true });
const all = synthesize({ ...settings, outbox: true, ingest: true, dashboard: true }).template;
const plain = synthesize({ ...settings, metrics: false }).template;
const runbook = readFileSync(new URL("../../../docs/runbook.md", import.meta.url), "utf8");

function stacksOf(from: typeof template) {
  return Object.entries(from.findResources("AWS::Lambda::Function")).flatMap(
    ([id, { Properties }]) => {
      const stack: unknown = Properties.Environment?.Variables.METRICS_STACK;
      return stack === undefined ? [] : [[id.replace(/^(Api|Workers)|.{8}$/g, ""), stack]];
    },
  );
}

function dashboardOf(from: typeof template): string {
  return JSON.stringify(from.findResources("AWS::CloudWatch::Dashboard"));
}

test("those who measure know the stack's name, and nobody else does", () => {
  const measuring = [
    ...["Authorize", "Publish", "PublishBatch", "Sweep", "Deliver"],
    // They may be asked by a delivery, and refuse what was forwarded too often.
    ...["TestWebhook", "RetryDelivery", "RetryMessage", "RecoverDeliveries"],
  ];
  expect(stacksOf(template).sort()).toEqual(measuring.sort().map((name) => [name, "Hooks"]));
});

test("no metric of ours has a dimension but the stack", () => {
  const ours = alarmsOf(template)
    .flatMap(({ metrics }) => metrics)
    .filter(({ Namespace }) => Namespace === "Hookcast");
  expect(ours.length).toBeGreaterThan(3);
  for (const { Dimensions } of ours) {
    expect(Dimensions).toEqual([{ Name: "Stack", Value: "Hooks" }]);
  }
});

test("every metric is on the dashboard, and in the runbook with its unit", () => {
  for (const [name, unit] of Object.entries(metricUnits)) {
    expect(dashboardOf(all)).toContain(`\\"Hookcast\\",\\"${name}\\",\\"Stack\\",\\"Hooks\\"`);
    expect(runbook).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${unit} +\\|`, "m"));
  }
});

test("the API's errors, DynamoDB's throttles and the account's concurrency are on the dashboard", () => {
  const dashboard = dashboardOf(template);
  for (const metric of ['\\"AWS/ApiGateway\\",\\"5xx\\"', "WriteThrottleEvents"]) {
    expect(dashboard).toContain(metric);
  }
  expect(dashboard).toMatch(/\\"AWS\/Lambda\\",\\"ConcurrentExecutions\\",\{/);
});

test("the runbook counts the metrics and what they cost", () => {
  const count = Object.keys(metricUnits).length;
  expect(runbook).toContain(`${count} metrics × $0.30 = $${(count * 0.3).toFixed(2)} a month`);
});

test("a deployment without metrics writes none, and keeps the alarms that need none", () => {
  expect(stacksOf(plain)).toEqual([]);
  plain.resourceCountIs("AWS::CloudWatch::Dashboard", 0);
  expect(() => synthesize({ metrics: false, dashboard: true })).toThrow(/dashboard: Only with/);
  const namespaces = alarmsOf(plain).flatMap(({ metrics }) => metrics.map((m) => m.Namespace));
  expect([...new Set(namespaces)].sort()).toEqual([
    ...["AWS/ApiGateway", "AWS/DynamoDB", "AWS/Lambda", "AWS/SQS"],
  ]);
});
