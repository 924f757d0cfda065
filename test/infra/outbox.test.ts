import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Hookcast, type HookcastProps } from "../../infra/hookcast.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize({ outbox: true });

function tableOf(of: Template) {
  const tables = Object.entries(of.findResources("AWS::DynamoDB::Table"));
  return tables.find(([id]) => id.startsWith("StorageOutbox"))?.[1];
}

test("without the setting there is no table, no function and no alarm of it", () => {
  const { Resources } = synthesize().template.toJSON();
  expect(Object.keys(Resources).filter((id) => /Outbox/.test(id))).toEqual([]);
});

test("no row expires, all can be restored, and the stream has no values", () => {
  const table = tableOf(template);
  expect(table).toMatchObject({
    DeletionPolicy: "Retain",
    Properties: {
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: "KEYS_ONLY" },
    },
  });
  expect(table?.Properties).not.toHaveProperty("TimeToLiveSpecification");
  expect(table?.Properties).not.toHaveProperty("GlobalSecondaryIndexes");
});

test("the stream rings for new rows alone, and gives up before the sweep begins", () => {
  const mappings = Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
  const [mapping] = mappings.filter(({ Properties }) => Properties.StartingPosition);
  expect(mapping?.Properties).toMatchObject({
    BatchSize: 100,
    Enabled: true,
    StartingPosition: "TRIM_HORIZON",
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    MaximumRecordAgeInSeconds: 240,
    MaximumRetryAttempts: 3,
    BisectBatchOnFunctionError: true,
  });
});

test("a rule sweeps each minute, and neither it nor the stream stops while deliveries are paused", () => {
  const { template: paused } = synthesize({ outbox: true, paused: true });
  const rules = Object.values(paused.findResources("AWS::Events::Rule"));
  const targets = rules.filter(({ Properties }) =>
    JSON.stringify(Properties.Targets).includes("WorkersOutbox"),
  );
  expect(targets.map(({ Properties }) => Properties)).toMatchObject([
    { ScheduleExpression: "rate(1 minute)", State: "ENABLED" },
  ]);
  const mappings = Object.values(paused.findResources("AWS::Lambda::EventSourceMapping"));
  const [mapping] = mappings.filter(({ Properties }) => Properties.StartingPosition);
  expect(mapping?.Properties.Enabled).toBe(true);
});

test("an alarm rings for refused rows and for rows that wait, and for silence", () => {
  const alarms = Object.entries(template.findResources("AWS::CloudWatch::Alarm"))
    .filter(([id]) => id.startsWith("AlarmsOutbox"))
    .map(([, { Properties }]) => Properties);
  expect(alarms).toMatchObject([
    { MetricName: "OutboxRefused", Threshold: 1, Statistic: "Maximum" },
    { MetricName: "OutboxOldest", Threshold: 1_800, TreatMissingData: "breaching" },
  ]);
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-outbox-"));
  writeFileSync(join(folder, "index.mjs"), "export const handler = () => {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

function deployment(props: HookcastProps) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, "Payments");
  return { stack, hookcast: new Hookcast(stack, "Webhooks", props, { folderOf: () => folder }) };
}

test("a grant is the right to put rows, and no other", () => {
  const { stack, hookcast } = deployment({ outbox: true });
  const role = new Role(stack, "Shop", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  hookcast.grantOutbox(role);
  const policies = Object.values(Template.fromStack(stack).findResources("AWS::IAM::Policy"));
  const [policy] = policies.filter(({ Properties }) => Properties.Roles[0].Ref.startsWith("Shop"));
  expect(policy?.Properties.PolicyDocument.Statement).toMatchObject([
    {
      Effect: "Allow",
      Action: "dynamodb:PutItem",
      Resource: [{ "Fn::GetAtt": [expect.stringMatching(/StorageOutbox/), "Arn"] }],
    },
  ]);
});

test("without an outbox nobody can be let at it", () => {
  expect(() => deployment({}).hookcast.outboxTable()).toThrow(/set `outbox: true`/);
});
