import type { Template } from "aws-cdk-lib/assertions";
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
const sources = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    name: `source${n}`,
    // Together as long as they may be.
    caches: ["c".repeat(Math.min(128, 300 / count))],
    maxPerMinute: 10_000_000,
    maxConcurrency: 1000,
  }));
const most = {
  ...Object.assign({}, ...Object.values(additions)),
  stackName: "H".repeat(128),
  retryScheduleSeconds: Array<number>(50).fill(12_000),
};
/** Queues share what room there is, and the publish URL takes that of one. */
const largest = [
  { ...most, outbox: false, deliveryShards: 15, ingest: false, ingestSources: [] },
  { ...most, outbox: true, deliveryShards: 3, ingestSources: sources(8) },
  { ...most, outbox: false, deliveryShards: 16, ingest: false, ingestSources: [] },
  { ...most, outbox: false, deliveryShards: 13, ingestSources: sources(1) },
  { ...most, outbox: false, deliveryShards: 6, ingestSources: sources(8) },
  { ...most, outbox: true, deliveryShards: 14, ingest: false, ingestSources: [] },
  { ...most, outbox: true, deliveryShards: 11, ingestSources: sources(1) },
  { ...most, outbox: true, deliveryShards: 4, ingestSources: sources(8) },
].map((settings, n) => synthesize({ ...settings, publishUrl: n < 2 }).template);

/** What one more operation adds: function, log, permission, integration, route, and at most a role. */
const resourcesPerOperation = 6;

test.each(largest)(
  "the largest stack leaves room for forty operations below 455 resources",
  (template) => {
    const count = Object.keys(template.toJSON().Resources).length;
    const perOperation = ["Function", "Logs", "Integration", "Route", "Permission", "Role"];
    expect(perOperation).toHaveLength(resourcesPerOperation);
    const more = 40 - Object.keys(routes).length;
    expect(count + more * resourcesPerOperation).toBeLessThan(455);
  },
);

test("delivery queues and sources share the room that a stack has", () => {
  const settings = { ingest: true, deliveryShards: 7, ingestSources: sources(8) };
  expect(() => synthesize(settings)).toThrow(/ingestSources: .*more than 14/);
  expect(() => synthesize({ ingest: true, deliveryShards: 14 })).toThrow(/more than 14/);
});

test("the outbox counts as two of these queues", () => {
  const settings = { outbox: true, ingest: true, deliveryShards: 5, ingestSources: sources(8) };
  expect(() => synthesize(settings)).toThrow(/outbox: .*more than 14 queues/);
  expect(() => synthesize({ outbox: true, deliveryShards: 15 })).toThrow(/16 without ingest/);
});

test("the publish URL counts as one of them", () => {
  const all = { publishUrl: true, outbox: true, ingest: true, ingestSources: sources(8) };
  expect(() => synthesize({ ...all, deliveryShards: 4 })).toThrow(/publishUrl: .*more than 14/);
  expect(() => synthesize({ publishUrl: true, deliveryShards: 16 })).toThrow(/16 without ingest/);
});

test("no more delivery queues can be asked for than a stack holds", () => {
  expect(() => synthesize({ deliveryShards: 17 })).toThrow(/deliveryShards/);
});

test.each(largest)(
  "the variables of every function stay below 3.7 KB, of the 4 KB that Lambda takes",
  (template) => {
    for (const [id, { Properties }] of Object.entries(
      template.findResources("AWS::Lambda::Function"),
    )) {
      const variables = Object.entries<unknown>(Properties.Environment?.Variables ?? {});
      const bytes = variables.reduce(
        (sum, [name, value]) => sum + name.length + sizeOf(value, template),
        0,
      );
      expect([id, bytes]).toEqual([id, expect.toSatisfy((size: number) => size < 3_700)]);
    }
  },
);

test.each(largest)(
  "what a role permits fits into the 10,240 characters that IAM takes",
  (template) => {
    for (const [id, statements] of statementsByRole(template)) {
      const size = sizeOf({ Version: "2012-10-17", Statement: statements }, template);
      expect([id, size]).toEqual([id, expect.toSatisfy((length: number) => length < 10_240)]);
    }
  },
);

const Attribute = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) });
const Reference = z.object({ Ref: z.string() });
const Joined = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

/** How long a value is once AWS knows all names: as long as names can be. */
function sizeOf(value: unknown, from: Template): number {
  if (typeof value === "string") return value.length;
  const join = z.safeParse(Joined, value).data?.["Fn::Join"];
  if (join) return join[1].reduce<number>((sum, part) => sum + sizeOf(part, from), 0);
  const attribute = z.safeParse(Attribute, value).data?.["Fn::GetAtt"];
  if (attribute) {
    return (attribute[1] === "Arn" ? arnPrefix.length : 0) + nameLength(attribute[0], from);
  }
  const reference = z.safeParse(Reference, value).data?.Ref;
  if (reference) {
    return isA("AWS::SQS::Queue", reference, from)
      ? queueUrlPrefix.length + 80
      : nameLength(reference, from);
  }
  const asNamed = (_: string, part: unknown) =>
    isReference(part) ? "x".repeat(sizeOf(part, from)) : part;
  return JSON.stringify(value, asNamed).length;
}

const arnPrefix = "arn:aws-us-gov:dynamodb:ap-southeast-1:123456789012:function:";
const queueUrlPrefix = "https://sqs.ap-southeast-1.amazonaws.com/123456789012/";

function isReference(value: unknown): boolean {
  return [Attribute, Reference, Joined].some((kind) => z.safeParse(kind, value).success);
}

function isA(type: string, id: string, from: Template): boolean {
  return Object.hasOwn(from.findResources(type), id);
}

/** CloudFormation makes names of the stack's, the resource's and twelve characters; those of queues are cut. */
function nameLength(id: string, from: Template): number {
  if (isA("AWS::SQS::Queue", id, from)) return 80;
  if (isA("AWS::KMS::Key", id, from)) return "key/".length + 36;
  return most.stackName.length + id.length + 14;
}
