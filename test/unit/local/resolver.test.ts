import { expect, test } from "vitest";
import { createResolver } from "../../../local/template/resolver.ts";
import { Template } from "../../../local/template/template.ts";

const addresses = { sqsUrl: "http://127.0.0.1:1", apiUrl: "http://127.0.0.1:2" };

const Resources = {
  Queue: { Type: "AWS::SQS::Queue" },
  Named: { Type: "AWS::DynamoDB::Table", Properties: { TableName: { Ref: "Name" } } },
  Hidden: { Type: "AWS::SQS::Queue", Condition: "Never" },
  Other: { Type: "AWS::CloudWatch::Alarm" },
};

const Conditions = {
  Never: { "Fn::Equals": [{ Ref: "Name" }, "other"] },
  Always: { "Fn::Not": [{ Condition: "Never" }] },
  Both: { "Fn::And": [{ Condition: "Always" }, { Condition: "Never" }] },
  Either: { "Fn::Or": [{ Condition: "Always" }, { Condition: "Never" }] },
};

function resolve(value: unknown): unknown {
  const template = Template.parse({
    Parameters: {
      Name: { Type: "String", Default: "chosen" },
      Bare: { Type: "String" },
    },
    Mappings: { Map: { first: { second: 7 } } },
    Conditions,
    Resources,
  });
  return createResolver(template, "Stack", addresses).resolve(value, "Owner");
}

test.each<[string, unknown, unknown]>([
  ["a queue's URL", { Ref: "Queue" }, "http://127.0.0.1:1/000000000000/Queue"],
  ["an ARN", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:aws:sqs:us-east-1:000000000000:Queue"],
  ["an attribute with a dot", { "Fn::GetAtt": "Queue.QueueName" }, "Queue"],
  ["a name that the template chooses", { Ref: "Named" }, "chosen"],
  ["a resource that does not matter here", { Ref: "Other" }, "Other"],
  ["a parameter", { Ref: "Name" }, "chosen"],
  ["a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
  ["a join", { "Fn::Join": ["-", ["a", { Ref: "Name" }, 1]] }, "a-chosen-1"],
  [
    "a substitution",
    { "Fn::Sub": `\${Queue.QueueName}/\${AWS::Partition}/\${!x}` },
    `Queue/aws/\${x}`,
  ],
  ["a substitution's own variable", { "Fn::Sub": [`\${v}`, { v: { Ref: "Name" } }] }, "chosen"],
  ["a part of a text", { "Fn::Select": [1, { "Fn::Split": ["/", "a/b"] }] }, "b"],
  ["a mapping", { "Fn::FindInMap": ["Map", "first", "second"] }, 7],
  ["a choice", { "Fn::If": ["Never", "yes", "no"] }, "no"],
  ["both of two conditions", { "Fn::If": ["Both", "yes", "no"] }, "no"],
  ["either of two conditions", { "Fn::If": ["Either", "yes", "no"] }, "yes"],
  ["no value", { a: { "Fn::If": ["Never", 1, { Ref: "AWS::NoValue" }] }, b: [] }, { b: [] }],
])("resolves %s", (_, value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

test.each<[string, unknown, string]>([
  ["a missing resource", { a: [{ Ref: "Gone" }] }, "Owner refers to Gone, which the template"],
  ["an attribute of one", { "Fn::GetAtt": ["Gone", "Arn"] }, "Owner refers to Gone, which"],
  ["one in a substitution", { "Fn::Sub": `\${Gone.Arn}` }, "Owner refers to Gone, which"],
  ["a resource whose condition fails", { Ref: "Hidden" }, "Owner refers to Hidden, which"],
  ["an attribute nobody knows", { "Fn::GetAtt": ["Queue", "Foo"] }, "Owner refers to Queue.Foo"],
  ["a parameter without a default", { Ref: "Bare" }, "Owner refers to the parameter Bare"],
  ["a function nobody knows", { "Fn::ImportValue": "x" }, "Owner uses Fn::ImportValue"],
])("names both ends of a reference to %s", (_, value, message) => {
  expect(() => resolve(value)).toThrow(message);
});
