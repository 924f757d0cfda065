import { expect, test } from "vitest";
import { readStack } from "../../../local/template/stack.ts";
import { Template } from "../../../local/template/template.ts";
import { functionResources, routeResources } from "./assembly.ts";

const addresses = { sqsUrl: "http://127.0.0.1:1", apiUrl: "http://127.0.0.1:2" };

function stackOf(resources: object) {
  const template = Template.parse({ Resources: resources });
  const assetFolders = new Map([
    ["Work.zip", "/code"],
    ["page.zip", "/page"],
  ]);
  return readStack({ stackName: "Stack", template, assetFolders }, addresses);
}

test("gathers what a function may do from its role and the policies attached to it", () => {
  const { policies } = stackOf({
    ...functionResources("Work", {}, [[["sqs:SendMessage"], "*"]]),
    Attached: {
      Type: "AWS::IAM::Policy",
      Properties: {
        Roles: [{ Ref: "WorkRole" }],
        PolicyDocument: {
          Statement: [{ Effect: "Deny", Action: "kms:*", Resource: "*" }],
        },
      },
    },
  });
  expect(policies).toEqual({
    Work: [
      { effect: "Allow", actions: ["sqs:SendMessage"], resources: ["*"] },
      { effect: "Deny", actions: ["kms:*"], resources: ["*"] },
    ],
  });
});

test("refuses a policy that it would understand only by half", () => {
  const resources = functionResources("Work");
  const Statement = [{ Effect: "Allow", NotAction: "sqs:*", Resource: "*" }];
  const Attached = {
    Type: "AWS::IAM::Policy",
    Properties: { Roles: [], PolicyDocument: { Statement } },
  };
  expect(() => stackOf({ ...resources, Attached })).toThrow(/Attached \(AWS::IAM::Policy\)/);
});

test("takes a statement's conditions along, and refuses those that it does not know", () => {
  const withCondition = (Condition: object) => {
    const Statement = [{ Effect: "Allow", Action: "kms:*", Resource: "*", Condition }];
    const Attached = {
      Type: "AWS::IAM::Policy",
      Properties: { Roles: [{ Ref: "WorkRole" }], PolicyDocument: { Statement } },
    };
    return stackOf({ ...functionResources("Work"), Attached }).policies.Work;
  };
  const [statement] =
    withCondition({
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["use/*"] },
      Null: { "dynamodb:LeadingKeys": "false" },
    }) ?? [];
  const key = "dynamodb:LeadingKeys";
  expect(statement?.conditions).toEqual([
    { quantifier: "ForAllValues", operator: "StringLike", key, values: ["use/*"] },
    { operator: "Null", key, values: ["false"] },
  ]);
  for (const unknown of [
    { StringNotEquals: { [key]: "a" } },
    { StringEqualsIfExists: { [key]: "a" } },
    { "ForSomeValues:StringLike": { [key]: "a" } },
    { "ForAllValues:Null": { [key]: "false" } },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how IAM spells a variable.
    { StringLike: { [key]: "${aws:userid}/*" } },
  ]) {
    expect(() => withCondition(unknown)).toThrow(/Attached \(AWS::IAM::Policy\)/);
  }
});

test("leaves out event sources and rules that are switched off", () => {
  const Properties = {
    EventSourceArn: { "Fn::GetAtt": ["Queue", "Arn"] },
    FunctionName: { Ref: "Work" },
  };
  const Rule = {
    ScheduleExpression: "rate(2 hours)",
    Targets: [{ Arn: { "Fn::GetAtt": ["Work", "Arn"] } }],
  };
  const { eventSources, rules } = stackOf({
    Queue: { Type: "AWS::SQS::Queue" },
    ...functionResources("Work"),
    On: { Type: "AWS::Lambda::EventSourceMapping", Properties },
    Off: { Type: "AWS::Lambda::EventSourceMapping", Properties: { ...Properties, Enabled: false } },
    Runs: { Type: "AWS::Events::Rule", Properties: Rule },
    Rests: { Type: "AWS::Events::Rule", Properties: { ...Rule, State: "DISABLED" } },
  });
  expect(eventSources.map(({ logicalId }) => logicalId)).toEqual(["On"]);
  expect(rules).toEqual([
    {
      arn: "arn:aws:events:us-east-1:000000000000:rule/Runs",
      periodMs: 7_200_000,
      targets: [{ functionName: "Work", input: undefined }],
    },
  ]);
});

test("follows a route to its function, its authorizer and its limits", () => {
  const invocation = {
    "Fn::Join": [
      "",
      [
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/",
        { "Fn::GetAtt": ["Work", "Arn"] },
        "/invocations",
      ],
    ],
  };
  const { api } = stackOf({
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } },
    ...functionResources("Work"),
    ...routeResources("Route", "Work", "GET /x", {
      AuthorizationType: "CUSTOM",
      AuthorizerId: { Ref: "Guard" },
    }),
    Guard: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        AuthorizerType: "REQUEST",
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses: true,
        AuthorizerUri: invocation,
        IdentitySource: ["$request.header.Authorization"],
        AuthorizerResultTtlInSeconds: 60,
      },
    },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: {
        StageName: "$default",
        DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
      },
    },
  });
  expect(api).toEqual({
    apiId: "Api",
    cors: undefined,
    defaultThrottle: { ratePerSecond: 5, burst: 10 },
    routeThrottles: {},
    routes: [
      {
        routeKey: "GET /x",
        functionName: "Work",
        authorizer: {
          id: "Guard",
          functionName: "Work",
          identitySources: [{ kind: "header", name: "authorization" }],
          cacheSeconds: 60,
        },
      },
    ],
  });
});

test("takes the files of a distribution, and for each path the headers of its policy", () => {
  const policy = (SecurityHeadersConfig: object, custom: [string, string][] = []) => ({
    Type: "AWS::CloudFront::ResponseHeadersPolicy",
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig,
        CustomHeadersConfig: { Items: custom.map(([Header, Value]) => ({ Header, Value })) },
      },
    },
  });
  const { site, functions } = stackOf({
    ...distributionResources,
    Kept: policy({}, [["cache-control", "immutable"]]),
    Page: policy({
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: "DENY" },
      ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60 },
    }),
  });
  expect(site?.folder).toBe("/page");
  const headersOf = (path: string) =>
    site?.behaviors.find(({ paths }) => paths.test(path))?.headers;
  expect(headersOf("main.js")).toEqual({ "cache-control": "immutable" });
  // The API's behavior, which would fit, is no matter of the files.
  expect(headersOf("api/mainXjs")).toEqual({
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=60",
  });
  // What fills the bucket runs during a deployment, and in Python.
  expect(functions).toEqual([]);
});

test("tells functions the address that the files of a distribution have here", () => {
  const CONSOLE_URL = {
    "Fn::Join": ["", ["https://", { "Fn::GetAtt": ["Distribution", "DomainName"] }, "/"]],
  };
  const Variables = { CONSOLE_URL, OTHER: "https://elsewhere.example/" };
  const { functions } = stackOf({
    ...distributionResources,
    Page: { Type: "AWS::CloudFront::ResponseHeadersPolicy", Properties: pagePolicy },
    Kept: { Type: "AWS::CloudFront::ResponseHeadersPolicy", Properties: pagePolicy },
    ...functionResources("Alert", { Environment: { Variables }, Code: { S3Key: "Work.zip" } }),
  });
  expect(functions.map(({ variables }) => variables)).toEqual([
    { CONSOLE_URL: "http://127.0.0.1:2/console/", OTHER: "https://elsewhere.example/" },
  ]);
});

const pagePolicy = { ResponseHeadersPolicyConfig: {} };

const distributionResources = {
  Distribution: {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        DefaultCacheBehavior: { TargetOriginId: "files", ResponseHeadersPolicyId: { Ref: "Page" } },
        CacheBehaviors: [
          { PathPattern: "api/*", TargetOriginId: "api" },
          {
            PathPattern: "*.js",
            TargetOriginId: "files",
            ResponseHeadersPolicyId: { Ref: "Kept" },
          },
        ],
      },
    },
  },
  Deployment: {
    Type: "Custom::CDKBucketDeployment",
    Properties: {
      ServiceToken: { "Fn::GetAtt": ["Work", "Arn"] },
      SourceObjectKeys: ["page.zip"],
    },
  },
  ...functionResources("Work", { Runtime: "python3.13" }),
};

const queueArn = { "Fn::GetAtt": ["Queue", "Arn"] };

/** A queue to which services may send as far as the statement says, with a rule and a topic that do. */
function eventResources(
  {
    rule = {},
    target = {},
    subscription = {},
    topic = {},
  }: { rule?: object; target?: object; subscription?: object; topic?: object } = {},
  statement: object = {},
) {
  const Statement = [
    { Effect: "Deny", Action: "sqs:*", Resource: queueArn, Principal: { AWS: "*" } },
    {
      ...{ Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn },
      ...{ Principal: { Service: ["events.amazonaws.com", "sns.amazonaws.com"] }, ...statement },
    },
  ];
  return {
    Queue: { Type: "AWS::SQS::Queue" },
    Policy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: { Statement } },
    },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "shop" } },
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventBusName: { Ref: "Bus" },
        EventPattern: { source: ["shop"] },
        Targets: [{ Id: "queue", Arn: queueArn, ...target }],
        ...rule,
      },
    },
    Topic: { Type: "AWS::SNS::Topic", Properties: topic },
    Subscription: {
      Type: "AWS::SNS::Subscription",
      Properties: {
        ...{ TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: queueArn },
        ...{ RawMessageDelivery: true, ...subscription },
      },
    },
  };
}

const ruleSource = { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": ["Rule", "Arn"] } } };

test("finds the queues that a rule of a bus and a topic send to", () => {
  const arn = "arn:aws:sqs:us-east-1:000000000000:Queue";
  const ruleArn = "arn:aws:events:us-east-1:000000000000:rule/shop/Rule";
  const { buses, eventRules, topics, rules } = stackOf(
    eventResources({
      target: {
        DeadLetterConfig: { Arn: queueArn },
        InputTransformer: { InputPathsMap: { id: "$.id" }, InputTemplate: "<id>" },
      },
      subscription: { RedrivePolicy: { deadLetterTargetArn: queueArn } },
    }),
  );
  expect(buses).toEqual(["default", "shop"]);
  expect(rules).toEqual([]);
  expect(eventRules).toEqual([
    {
      ...{ logicalId: "Rule", name: "Rule", arn: ruleArn, busName: "shop" },
      pattern: { source: ["shop"] },
      targets: [
        {
          ...{ queueArn: arn, deadLetterArn: arn, input: undefined, inputPath: undefined },
          transformer: { paths: { id: "$.id" }, template: "<id>" },
        },
      ],
    },
  ]);
  const subscriptions = [{ queueArn: arn, deadLetterArn: arn }];
  expect(topics).toEqual([{ arn: "arn:aws:sns:us-east-1:000000000000:Topic", subscriptions }]);
});

test("leaves out rules that are switched off, and subscribers that are no queues", () => {
  const { eventRules, topics } = stackOf(
    eventResources({
      rule: { State: "DISABLED" },
      subscription: { Protocol: "email", Endpoint: "a@b.example" },
    }),
  );
  expect(eventRules).toEqual([]);
  expect(topics).toMatchObject([{ subscriptions: [] }]);
});

test("refuses a rule or a topic that the policy of its queue does not let in", () => {
  const closed = (statement: object) => () => stackOf(eventResources({}, statement));
  const events = "the policy of arn:aws:sqs:us-east-1:000000000000:Queue does not let events.";
  expect(closed({ Principal: { Service: "s3.amazonaws.com" } })).toThrow(`Rule: ${events}`);
  expect(closed({ Effect: "Deny" })).toThrow(`Rule: ${events}`);
  expect(closed({ Action: "sqs:ReceiveMessage" })).toThrow(`Rule: ${events}`);
  expect(closed({ Resource: "arn:aws:sqs:us-east-1:000000000000:Other" })).toThrow(events);
  const foreign = {
    ArnEquals: { "aws:SourceArn": "arn:aws:events:us-east-1:000000000000:rule/Rule" },
  };
  expect(closed({ Condition: foreign })).toThrow(events);
  // This one lets the rule in, and nothing else.
  expect(closed({ Condition: ruleSource })).toThrow(/Subscription: .* does not let sns\./);
});

test("refuses of buses and topics what does not run here", () => {
  const refused = (parts: Parameters<typeof eventResources>[0]) => () =>
    stackOf(eventResources(parts));
  const other = { Arn: "arn:aws:lambda:us-east-1:000000000000:function:Work" };
  expect(refused({ target: other })).toThrow(/Rule .*only queues are targets of events here/s);
  expect(refused({ subscription: { RawMessageDelivery: false } })).toThrow(/only raw messages/);
  expect(refused({ subscription: { FilterPolicy: {} } })).toThrow(/filters do not run here/);
  expect(refused({ subscription: { TopicArn: "arn:other" } })).toThrow(/no topic of the template/);
  expect(refused({ topic: { FifoTopic: true } })).toThrow(/FIFO topics do not run here/);
  expect(refused({ topic: { Subscription: [] } })).toThrow(/resources of their own/);
});
