import { readFileSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";
import { type Alarm, alarmsOf, subjectOf } from "./alarms.ts";

const { template } = synthesize();
const alarms = alarmsOf(template);
const runbook = readFileSync(new URL("../../../docs/runbook.md", import.meta.url), "utf8");

/** The runbook's text below a heading, up to the next of its kind. */
function sectionOf(heading: string): string | undefined {
  const sections = runbook.split(/^## /m);
  return sections.find((section) => section.startsWith(`${heading}\n`));
}

function under(heading: string, from = alarms): Alarm {
  const alarm = from.find((candidate) => candidate.heading === heading);
  if (!alarm) throw new Error(`there is no alarm under "${heading}"`);
  return alarm;
}

function idsOf(type: string, from: Template = template): string[] {
  return Object.keys(from.findResources(type));
}

test.each([...new Set(alarms.map(({ heading }) => heading))])(
  "the runbook says of the alarm %j what it means, what to look at and what to run",
  (heading) => {
    const section = sectionOf(heading);
    for (const part of ["means", "Look at", "Run"]) {
      expect(section, heading).toMatch(new RegExp(`^\\*\\*.*${part}.*\\*\\*`, "im"));
    }
    expect(section).toMatch(/^```sh$/m);
  },
);

test("alarms are told to the topic that the deployment names, and to nobody else", () => {
  expect(alarms.every(({ AlarmActions }) => AlarmActions === undefined)).toBe(true);
  const alarmTopicArn = "arn:aws:sns:eu-west-1:123456789012:on-call";
  for (const { AlarmActions } of alarmsOf(synthesize({ alarmTopicArn }).template)) {
    expect(AlarmActions).toEqual([alarmTopicArn]);
  }
});

test("an alarm rings when keys are guessed, and not at a caller or two with an old one", () => {
  expect(under("Many keys are refused")).toMatchObject({
    MetricName: "Denied",
    Threshold: 100,
    EvaluationPeriods: 1,
    TreatMissingData: "notBreaching",
  });
});

test("each dead-letter queue raises an alarm at its first message", () => {
  const { template: sharded } = synthesize({ deliveryShards: 7, ingest: true });
  const watching = alarmsOf(sharded).filter(({ heading }) => heading.endsWith("dead-letter queue"));
  for (const alarm of watching) {
    expect(alarm.query).toMatchObject({ select: "MAX", isExact: true });
    expect(alarm).toMatchObject({
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: "notBreaching",
    });
    for (const metric of alarm.metrics) {
      expect(metric).toMatchObject({
        Namespace: "AWS/SQS",
        MetricName: "ApproximateNumberOfMessagesVisible",
        Dimensions: [{ Name: "QueueName" }],
      });
    }
  }
  expect(watching.flatMap(({ metrics }) => metrics.map(subjectOf)).sort()).toEqual(
    idsOf("AWS::SQS::Queue", sharded)
      .filter((id) => id.includes("DeadLetters"))
      .sort(),
  );
});

test("many delivery queues share alarms, each of which looks at ten metrics at most", () => {
  const { template: sharded } = synthesize({ deliveryShards: 16 });
  const all = alarmsOf(sharded);
  const ofDeliveries = all.filter(({ heading }) => /the delivery /.test(heading));
  expect(ofDeliveries.map(({ metrics }) => metrics.length)).toEqual([8, 8, 8, 8]);
  const subjects = ofDeliveries.flatMap(({ metrics }) => metrics.map(subjectOf)).sort();
  expect(subjects).toEqual(
    idsOf("AWS::SQS::Queue", sharded)
      .filter((id) => /^QueuesDelivery\d*(Queue|DeadLetters)/.test(id))
      .sort(),
  );
  for (const { Metrics = [], Threshold } of ofDeliveries) {
    expect(Metrics.map(({ Expression }) => Expression)).toContain("MAX(FILL(METRICS(), 0))");
    expect([1, 1800]).toContain(Threshold);
  }
  expect(all.map(({ metrics }) => metrics.length).every((count) => count <= 10)).toBe(true);
});

test("each queue that functions work off raises an alarm when its oldest message waits for long", () => {
  const { template: sharded } = synthesize({ deliveryShards: 3 });
  const waiting = alarmsOf(sharded).filter(({ heading }) => heading.includes("wait too long"));
  for (const alarm of waiting) {
    for (const { MetricName } of alarm.metrics) {
      expect(MetricName).toBe("ApproximateAgeOfOldestMessage");
    }
    // The longest delay of a retry is no reason to ring.
    expect(alarm.Threshold).toBeGreaterThan(900);
  }
  expect(waiting.flatMap(({ metrics }) => metrics.map(subjectOf)).sort()).toEqual(
    idsOf("AWS::SQS::Queue", sharded)
      .filter((id) => !id.includes("DeadLetters"))
      .sort(),
  );
});

test("a message that waits longer than any schedule takes, but not yet for the horizon, raises an alarm", () => {
  const { Threshold, ...alarm } = under("A message waits for days");
  const maxScheduleSeconds = 1.2 * (5 + 300 + 1800 + 7200 + 18000 + 36000 + 50400 + 72000 + 86400);
  expect(Threshold).toBeGreaterThan(maxScheduleSeconds);
  expect(Threshold).toBeLessThan(5 * 86_400); // when a webhook that fails is switched off
  const metric = { Namespace: "Hookcast", MetricName: "OldestUndelivered" };
  expect(alarm.query).toMatchObject({ select: "MAX", metric });
  const sooner = alarmsOf(synthesize({ oldestUndeliveredAlarmHours: 2 }).template);
  expect(under("A message waits for days", sooner).Threshold).toBe(7_200);
});

test("a share of failures counts only among many attempts", () => {
  const alarm = under("Most attempts fail");
  const [expression] = alarm.Metrics?.flatMap(({ Expression }) => Expression ?? []) ?? [];
  expect(expression).toMatch(/^IF\(attempts >= \d{2,}, .*, 0\)$/);
  expect(alarm.metrics.map(({ MetricName }) => MetricName)).toEqual([
    "AttemptLatency",
    "Delivered",
  ]);
});

test("the throttling of any function along a message's path raises an alarm", () => {
  const { metrics } = under("Functions are throttled");
  expect(metrics.every(({ MetricName }) => MetricName === "Throttles")).toBe(true);
  const names = metrics.map((metric) => subjectOf(metric).replace(/^(Api|Workers)|.{8}$/g, ""));
  expect(names.sort()).toEqual([
    ...["Authorize", "Deliver", "FanOut", "Publish", "PublishBatch", "Sweep"],
  ]);
});

test("a dropped hop of any function that may loop raises an alarm", () => {
  const heading = "Recursive invocations were dropped";
  const dropping = alarms.filter((alarm) => alarm.heading === heading);
  for (const { query, Threshold } of dropping) {
    expect(Threshold).toBe(1);
    expect(query).toMatchObject({
      select: "SUM",
      isExact: true,
      metric: { Namespace: "AWS/Lambda", MetricName: "RecursiveInvocationsDropped" },
    });
  }
  const looping = template.findResources("AWS::Lambda::Function", {
    Properties: { RecursiveLoop: "Allow" },
  });
  expect(dropping.flatMap(({ metrics }) => metrics.map(subjectOf)).sort()).toEqual(
    Object.keys(looping).sort(),
  );
});

test("an alarm rings when the API fails, at one error more than clients repair by themselves", () => {
  const { metrics, ...alarm } = under("The API answers with 5xx");
  const [apiId] = idsOf("AWS::ApiGatewayV2::Api");
  expect(alarm).toMatchObject({ Threshold: 10, TreatMissingData: "notBreaching" });
  expect(metrics).toMatchObject([
    {
      Namespace: "AWS/ApiGateway",
      MetricName: "5xx",
      Dimensions: [{ Name: "ApiId", Value: { Ref: apiId } }],
    },
  ]);
});

test("the alarms of failures and throttles hear of the publish URL where there is one", () => {
  const alarms = alarmsOf(synthesize({ publishUrl: true }).template);
  const failures = under("The API answers with 5xx", alarms);
  expect(failures).toMatchObject({ Threshold: 10, TreatMissingData: "notBreaching" });
  expect(failures.metrics.map(({ MetricName }) => MetricName)).toEqual(["5xx", "Url5xxCount"]);
  expect(failures.Metrics?.flatMap(({ Expression }) => Expression ?? [])).toEqual([
    "SUM(FILL(METRICS(), 0))",
  ]);
  const throttles = under("Functions are throttled", alarms).metrics.map(subjectOf);
  expect(throttles.map((id) => id.slice(0, -8))).toContain("ApiPublishByUrl");
});

test("alarms ring when DynamoDB throttles any table, or an index that holds up its table's writes", () => {
  const throttled = alarms.filter(({ heading }) => heading === "DynamoDB throttles");
  // Together they may be silent at fewer than a hundred alone, as the one alarm was that they replace.
  const silent = throttled.reduce((sum, { Threshold }) => sum + Threshold - 1, 0);
  expect(silent).toBeLessThan(100);
  const watched = throttled.map(({ query, metrics: [metric] }) => {
    expect(query).toMatchObject({ select: "SUM", isExact: false });
    return metric && `${subjectOf(metric).slice("Storage".length, -8)} ${metric.MetricName}`;
  });
  const tables = ["ApiKeys", "Deliveries", "Messages", "Webhooks"];
  expect(watched.sort()).toEqual(
    tables.flatMap((table) => [`${table} ReadThrottleEvents`, `${table} WriteThrottleEvents`]),
  );
});

test("with many queues, one alarm adds up what DynamoDB throttles of tables and indexes", () => {
  const { metrics, Metrics = [] } = under(
    "DynamoDB throttles",
    alarmsOf(synthesize({ deliveryShards: 16 }).template),
  );
  expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
    "SUM(FILL(METRICS(), 0))",
  ]);
  const watched = metrics.map((metric) => {
    const index = metric.Dimensions?.find(({ Name }) => Name === "GlobalSecondaryIndexName")?.Value;
    const table = metric.Dimensions?.find(({ Name }) => Name === "TableName");
    const id = subjectOf({ ...metric, Dimensions: table ? [table] : [] });
    return [id.replace(/^Storage|.{8}$/g, ""), index, metric.MetricName].filter(Boolean).join(" ");
  });
  const tables = ["ApiKeys", "Deliveries", "Messages", "Webhooks"];
  const ofTables = tables.flatMap((table) => [
    `${table} ReadThrottleEvents`,
    `${table} WriteThrottleEvents`,
  ]);
  const ofIndexes = ["undelivered", "waiting"].map(
    (index) => `Deliveries ${index} WriteThrottleEvents`,
  );
  expect(watched.sort()).toEqual([...ofTables, ...ofIndexes].sort());
});

test("a sweeper that is late or silent raises an alarm", () => {
  expect(under("The sweeper is late")).toMatchObject({
    MetricName: "SweeperLag",
    TreatMissingData: "breaching",
  });
});

test("a deployment that is watched by other means goes without alarms", () => {
  synthesize({ alarms: false }).template.resourceCountIs("AWS::CloudWatch::Alarm", 0);
});
