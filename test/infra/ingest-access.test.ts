import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { EventField, Rule } from "aws-cdk-lib/aws-events";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Hookcast, type HookcastProps } from "../../infra/hookcast.ts";

let folder: string;
const code = { folderOf: () => folder };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-access-"));
  writeFileSync(join(folder, "index.mjs"), "export const handler = () => {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = {
  name: "files",
  caches: ["files"],
  wrap: { cacheName: "files", topicName: "created" },
};
const orders = { name: "orders", caches: ["orders"] };
const to = { cacheName: "orders", topicName: "paid" };

function deployment(props: HookcastProps = {}) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, "Payments");
  const hookcast = new Hookcast(stack, "Webhooks", { ingest: true, ...props }, code);
  return { stack, hookcast };
}

function newRule(stack: Stack): Rule {
  return new Rule(stack, "Paid", { eventPattern: { detailType: ["paid"] } });
}

/** Who may do what with the queue whose logical id begins so, by its own policy. */
function allowedAt(stack: Stack, queueId: string) {
  const template = Template.fromStack(stack);
  return Object.values(template.findResources("AWS::SQS::QueuePolicy"))
    .filter(({ Properties }) => Properties.Queues[0].Ref.startsWith(queueId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .map(({ Action, Principal, Condition }) => ({ Action, Principal, Condition }));
}

test("a grant is the right to send to the queue, and no other", () => {
  const { stack, hookcast } = deployment();
  const role = new Role(stack, "Shop", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  hookcast.grantPublish(role);
  Template.fromStack(stack).hasResourceProperties("AWS::IAM::Policy", {
    Roles: [{ Ref: Match.stringLikeRegexp("^Shop") }],
    PolicyDocument: {
      Statement: [
        {
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: { "Fn::GetAtt": [Match.stringLikeRegexp("QueuesIngestQueue"), "Arn"] },
        },
      ],
    },
  });
  expect(allowedAt(stack, "WebhooksQueuesIngest")).toEqual([]);
});

test("of sources a role is let at the one that is named", () => {
  const { stack, hookcast } = deployment({ ingestSources: [orders, files] });
  const role = new Role(stack, "Shop", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  hookcast.grantPublish(role, { source: "orders" });
  const policies = Template.fromStack(stack).findResources("AWS::IAM::Policy", {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp("^Shop") }] },
  });
  expect(JSON.stringify(policies)).toContain("QueuesIngestOrdersQueue");
  expect(JSON.stringify(policies)).not.toContain("QueuesIngestFilesQueue");
});

test("a rule sends the detail of its events to a topic, and what it cannot send to the dead-letter queue", () => {
  const { stack, hookcast } = deployment();
  hookcast.publishFrom(newRule(stack), { ...to, event: "order.paid" });
  const isOfRule = {
    Action: "sqs:SendMessage",
    Principal: { Service: "events.amazonaws.com" },
    Condition: {
      ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": [expect.stringMatching(/^Paid/), "Arn"] } },
    },
  };
  expect(allowedAt(stack, "WebhooksQueuesIngestQueue")).toEqual([
    { ...isOfRule, Action: expect.arrayContaining(["sqs:SendMessage"]) },
  ]);
  expect(allowedAt(stack, "WebhooksQueuesIngestDeadLetters")).toEqual([isOfRule]);
  Template.fromStack(stack).hasResourceProperties("AWS::Events::Rule", {
    EventPattern: { "detail-type": ["paid"] },
    Targets: [
      {
        Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("QueuesIngestQueue"), "Arn"] },
        DeadLetterConfig: {
          Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("QueuesIngestDeadLetters"), "Arn"] },
        },
        InputTransformer: {
          InputPathsMap: { detail: "$.detail" },
          InputTemplate:
            '{"cacheName":"orders","topicName":"paid","event":"order.paid","value":<detail>}',
        },
      },
    ],
  });
});

test("a rule's value may be made of paths of the event", () => {
  const { stack, hookcast } = deployment();
  const value = { order: EventField.fromPath("$.detail.id"), from: "shop" };
  hookcast.publishFrom(newRule(stack), { ...to, value });
  Template.fromStack(stack).hasResourceProperties("AWS::Events::Rule", {
    Targets: Match.arrayWith([
      Match.objectLike({
        InputTransformer: {
          InputPathsMap: { "detail-id": "$.detail.id" },
          InputTemplate:
            '{"cacheName":"orders","topicName":"paid","value":{"order":<detail-id>,"from":"shop"}}',
        },
      }),
    ]),
  });
});

test("a topic of SNS sends its messages as they are to a source that wraps them", () => {
  const { stack, hookcast } = deployment({ ingestSources: [files] });
  hookcast.publishFromTopic(new Topic(stack, "Uploads"), { source: "files" });
  Template.fromStack(stack).hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "sqs",
    RawMessageDelivery: true,
    Endpoint: { "Fn::GetAtt": [Match.stringLikeRegexp("QueuesIngestFilesQueue"), "Arn"] },
    RedrivePolicy: {
      deadLetterTargetArn: {
        "Fn::GetAtt": [Match.stringLikeRegexp("QueuesIngestFilesDeadLetters"), "Arn"],
      },
    },
  });
  expect(allowedAt(stack, "WebhooksQueuesIngestFilesQueue")).toEqual([
    {
      Action: "sqs:SendMessage",
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": { Ref: expect.stringMatching(/^Uploads/) } } },
    },
  ]);
});

test("what cannot work is refused when the app is run, with what there is", () => {
  const off = deployment({ ingest: false });
  expect(() => off.hookcast.ingestQueue()).toThrow(/set `ingest: true`/);
  const one = deployment();
  expect(() => one.hookcast.ingestQueue({ source: "orders" })).toThrow(/there are no sources/);
  expect(() => one.hookcast.publishFromTopic(new Topic(one.stack, "T"), {})).toThrow(/`wrap`/);
  const several = deployment({ ingestSources: [orders, files] });
  const { stack, hookcast } = several;
  expect(() => hookcast.ingestQueue()).toThrow(/the sources are orders, files/);
  const rule = newRule(stack);
  const payroll = { cacheName: "payroll", topicName: "paid", source: "orders" };
  expect(() => hookcast.publishFrom(rule, payroll)).toThrow(/may not publish to the cache payroll/);
  expect(() => hookcast.publishFrom(rule, { ...to, source: "files" })).toThrow(/wraps/);
});
