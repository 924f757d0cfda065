import { expect, test } from "vitest";
import * as z from "zod/mini";
import { routes } from "../../../shared/contract/routes.ts";
import { statementsByRole } from "../permissions/function-roles.ts";
import { synthesize } from "../synthesize.ts";
import { otherSettings } from "./other-settings.ts";

/** Everything that adds to a stack, as large as it gets. */
const {
  metrics: _metrics,
  alarms: _alarms,
  removalPolicy: _removalPolicy,
  dataKeyArn: _dataKeyArn,
  vpc: _vpc,
  deliverReservedConcurrency: _reserved,
  ...additions
} = otherSettings;
const largest = {
  ...Object.assign({}, ...Object.values(additions)),
  stackName: "H".repeat(128),
  deliveryShards: 16,
  retryScheduleSeconds: Array<number>(50).fill(12_000),
};
const { template } = synthesize(largest);
const { Resources } = template.toJSON();

/** What one more operation adds: function, log, permission, integration, route, and at most a role. */
const resourcesPerOperation = 6;

test("the largest stack leaves room for forty operations below 450 resources", () => {
  const count = Object.keys(Resources).length;
  const perOperation = ["Function", "Logs", "Integration", "Route", "Permission", "Role"];
  expect(perOperation).toHaveLength(resourcesPerOperation);
  const more = 40 - Object.keys(routes).length;
  expect(count + more * resourcesPerOperation).toBeLessThan(450);
});

test("no more delivery queues can be asked for than a stack holds", () => {
  expect(() => synthesize({ deliveryShards: 17 })).toThrow(/deliveryShards/);
});

test("the variables of every function stay below 3.7 KB, of the 4 KB that Lambda takes", () => {
  for (const [id, { Properties }] of Object.entries(
    template.findResources("AWS::Lambda::Function"),
  )) {
    const variables = Object.entries<unknown>(Properties.Environment?.Variables ?? {});
    const bytes = variables.reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);
    expect([id, bytes]).toEqual([id, expect.toSatisfy((size: number) => size < 3_700)]);
  }
});

test("what a role permits fits into the 10,240 characters that IAM takes", () => {
  for (const [id, statements] of statementsByRole(template)) {
    const size = sizeOf({ Version: "2012-10-17", Statement: statements });
    expect([id, size]).toEqual([id, expect.toSatisfy((length: number) => length < 10_240)]);
  }
});

const Attribute = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) });
const Reference = z.object({ Ref: z.string() });
const Joined = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

/** How long a value is once AWS knows all names: as long as names can be. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  const join = z.safeParse(Joined, value).data?.["Fn::Join"];
  if (join) return join[1].reduce<number>((sum, part) => sum + sizeOf(part), 0);
  const attribute = z.safeParse(Attribute, value).data?.["Fn::GetAtt"];
  if (attribute) return (attribute[1] === "Arn" ? arnPrefix.length : 0) + nameLength(attribute[0]);
  const reference = z.safeParse(Reference, value).data?.Ref;
  if (reference) return isQueue(reference) ? queueUrlPrefix.length + 80 : nameLength(reference);
  return JSON.stringify(value, (_, part) => (isReference(part) ? "x".repeat(sizeOf(part)) : part))
    .length;
}

const arnPrefix = "arn:aws-us-gov:dynamodb:ap-southeast-1:123456789012:function:";
const queueUrlPrefix = "https://sqs.ap-southeast-1.amazonaws.com/123456789012/";

function isReference(value: unknown): boolean {
  return [Attribute, Reference, Joined].some((kind) => z.safeParse(kind, value).success);
}

function isQueue(id: string): boolean {
  return Resources[id]?.Type === "AWS::SQS::Queue";
}

/** CloudFormation makes names of the stack's, the resource's and twelve characters; those of queues are cut. */
function nameLength(id: string): number {
  if (isQueue(id)) return 80;
  if (Resources[id]?.Type === "AWS::KMS::Key") return "key/".length + 36;
  return largest.stackName.length + id.length + 14;
}
