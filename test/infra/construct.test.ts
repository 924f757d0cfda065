import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Alias, Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Hookcast } from "../../infra/hookcast.ts";

let folder: string;
const domainName = "hooks.client.example";
const code = { folderOf: () => folder };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-construct-"));
  writeFileSync(join(folder, "index.mjs"), "export const handler = () => {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

function emptyStack(context: Record<string, unknown> = {}): Stack {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context,
  });
  return new Stack(app, "Payments");
}

function templateOf(stack: Stack): Template {
  return Template.fromStack(stack);
}

test("its tables keep their logical ids, which its place in the stack decides", () => {
  const stack = emptyStack();
  new Hookcast(stack, "Webhooks", {}, code);
  expect(Object.keys(templateOf(stack).findResources("AWS::DynamoDB::Table"))).toEqual([
    "WebhooksStorageWebhooks73CAC340",
    "WebhooksStorageMessages7F5237F4",
    "WebhooksStorageDeliveries0D3B040C",
    "WebhooksStorageApiKeysE34F4873",
  ]);
});

test("several share nothing, not even where names could clash: in one stack", () => {
  // CloudFormation's 500 resources have room for one of them, as the guide says.
  const stack = emptyStack({ "@aws-cdk/core:stackResourceLimit": 0 });
  new Hookcast(stack, "Webhooks", { dashboard: true }, code);
  new Hookcast(stack, "MoreWebhooks", { dashboard: true }, code);
  const template = templateOf(stack);
  template.resourceCountIs("AWS::DynamoDB::Table", 8);
  const dashboards = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));
  const names = dashboards.map(({ Properties }) => JSON.stringify(Properties.DashboardName));
  expect(new Set(names).size).toBe(2);
  const functions = Object.values(template.findResources("AWS::Lambda::Function"));
  const stacks = functions.flatMap(
    ({ Properties }) => Properties.Environment?.Variables.METRICS_STACK ?? [],
  );
  expect(new Set(stacks).size).toBe(2);
});

test("alarms go to a topic of the same app", () => {
  const stack = emptyStack();
  const topic = new Topic(stack, "OnCall");
  new Hookcast(stack, "Webhooks", { alarmTopicArn: topic.topicArn }, code);
  const template = templateOf(stack);
  const [topicId] = Object.keys(template.findResources("AWS::SNS::Topic"));
  template.allResourcesProperties("AWS::CloudWatch::Alarm", { AlarmActions: [{ Ref: topicId }] });
});

test("a topic whose key would have alarms dropped in silence is refused", () => {
  const stack = emptyStack();
  const managed = Alias.fromAliasName(stack, "Managed", "alias/aws/sns");
  const topic = new Topic(stack, "OnCall", { masterKey: managed });
  const make = () => new Hookcast(stack, "Webhooks", { alarmTopicArn: topic.topicArn }, code);
  expect(make).toThrow(/Bad stack settings \(Payments\/Webhooks\):\n {2}alarmTopicArn: .*aws\/sns/);
  const own = new Topic(stack, "OwnKeyTopic", { masterKey: new Key(stack, "TopicKey") });
  const kept = () => new Hookcast(stack, "Kept", { alarmTopicArn: own.topicArn }, code);
  expect(kept).not.toThrow();
});

test("a key and a certificate of the same app are taken, which have no ARN yet", () => {
  const stack = emptyStack();
  const { keyArn: dataKeyArn } = new Key(stack, "OwnKey");
  const { certificateArn } = new Certificate(stack, "OwnName", { domainName });
  new Hookcast(stack, "Webhooks", { dataKeyArn, domainName, certificateArn }, code);
  const template = templateOf(stack);
  template.resourceCountIs("AWS::KMS::Key", 1);
  template.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
    DomainName: domainName,
    DomainNameConfigurations: [{ SecurityPolicy: "TLS_1_2" }],
  });
});

test("a bad setting is refused under the construct's path", () => {
  const make = () => new Hookcast(emptyStack(), "Webhooks", { retentionDays: 400 }, code);
  expect(make).toThrow(/Bad stack settings \(Payments\/Webhooks\):\n {2}retentionDays/);
});
