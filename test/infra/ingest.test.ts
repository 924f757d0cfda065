import { expect, test } from "vitest";
import * as z from "zod/mini";
import { synthesize } from "./synthesize.ts";

const orders = { name: "orders", caches: ["orders"], maxConcurrency: 4, maxPerMinute: 600 };
const wrap = { cacheName: "files", topicName: "created", event: "file.created" };
const files = { name: "files", caches: ["files"], wrap };

const { template: one } = synthesize({ ingest: true });
const { template: several } = synthesize({ ingest: true, ingestSources: [orders, files] });

type Template = typeof one;

function queuesOf(template: Template): string[] {
  return Object.keys(template.findResources("AWS::SQS::Queue"))
    .filter((id) => id.startsWith("QueuesIngest"))
    .map((id) => id.replace(/[0-9A-F]{8}$/, ""));
}

function mappingsOf(template: Template) {
  return Object.values(template.findResources("AWS::Lambda::EventSourceMapping"))
    .map(({ Properties }) => Properties)
    .filter(({ FunctionName }) => FunctionName.Ref.startsWith("WorkersIngest"));
}

const Joined = z.object({ "Fn::Join": z.tuple([z.literal(""), z.array(z.unknown())]) });

/** What the function is told of its queues, with the logical ids of queues for their names. */
function sourcesOf(template: Template): unknown {
  const functions = Object.entries(template.findResources("AWS::Lambda::Function"));
  const [, ingest] = functions.find(([id]) => id.startsWith("WorkersIngest")) ?? [];
  const joined = z.parse(Joined, ingest?.Properties.Environment.Variables.INGEST_SOURCES);
  const parts = joined["Fn::Join"][1].map((part) =>
    typeof part === "string" ? part : JSON.stringify(part).match(/QueuesIngest[A-Za-z]*Queue/)?.[0],
  );
  return JSON.parse(parts.join(""));
}

test("without the setting there is no queue, no function and no alarm of it", () => {
  const { Resources } = synthesize().template.toJSON();
  expect(Object.keys(Resources).filter((id) => /Ingest/.test(id))).toEqual([]);
});

test("with it there is one queue, from which every cache can be published to", () => {
  expect(queuesOf(one)).toEqual(["QueuesIngestDeadLetters", "QueuesIngestQueue"]);
  expect(sourcesOf(one)).toEqual([{ queue: "QueuesIngestQueue" }]);
  expect(mappingsOf(one)).toMatchObject([
    {
      BatchSize: 10,
      Enabled: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 10 },
    },
  ]);
  expect(Object.keys(one.toJSON().Outputs)).toContain("IngestQueue");
});

test("each source has a queue in its place, with what it may do and a share of its own", () => {
  expect(queuesOf(several)).toEqual([
    ...["QueuesIngestOrdersDeadLetters", "QueuesIngestOrdersQueue"],
    ...["QueuesIngestFilesDeadLetters", "QueuesIngestFilesQueue"],
  ]);
  expect(sourcesOf(several)).toEqual([
    { queue: "QueuesIngestOrdersQueue", name: "orders", caches: ["orders"], maxPerMinute: 600 },
    { queue: "QueuesIngestFilesQueue", name: "files", caches: ["files"], wrap },
  ]);
  const shares = mappingsOf(several).map(({ ScalingConfig }) => ScalingConfig.MaximumConcurrency);
  expect(shares).toEqual([4, 10]);
  const outputs = Object.keys(several.toJSON().Outputs);
  expect(outputs).toEqual(expect.arrayContaining(["IngestQueueOrders", "IngestQueueFiles"]));
  expect(outputs).not.toContain("IngestQueue");
});

test("publishing goes on while deliveries are paused", () => {
  const { template } = synthesize({ ingest: true, paused: true });
  expect(mappingsOf(template)).toMatchObject([{ Enabled: true }]);
});

test("a body of the greatest length leaves room for its reason in the dead-letter queue", () => {
  const queues = Object.entries(one.findResources("AWS::SQS::Queue"));
  const sizeOf = (prefix: string) =>
    queues.find(([id]) => id.startsWith(prefix))?.[1].Properties.MaximumMessageSize;
  expect(sizeOf("QueuesIngestQueue")).toBe(1_048_576 - 4_096);
  expect(sizeOf("QueuesIngestDeadLetters")).toBeUndefined();
});

test("a body is handed out a thousand times before SQS gives it up: it may wait for its source's rate", () => {
  const [queue] = Object.entries(one.findResources("AWS::SQS::Queue"))
    .filter(([id]) => id.startsWith("QueuesIngestQueue"))
    .map(([, { Properties }]) => Properties);
  expect(queue.RedrivePolicy.maxReceiveCount).toBe(1000);
});

test("the queues of ingest stay with what waits in them, and go where the data may go", () => {
  const fates = (settings: object) =>
    Object.entries(
      synthesize({ ingest: true, ...settings }).template.findResources("AWS::SQS::Queue"),
    )
      .filter(([id]) => id.startsWith("QueuesIngest"))
      .map(([, { DeletionPolicy }]) => DeletionPolicy);
  expect(fates({})).toEqual(["Retain", "Retain"]);
  expect(fates({ removalPolicy: "destroy" })).toEqual(["Delete", "Delete"]);
});

test.each([
  ["sources without the queue", { ingest: false, ingestSources: [orders] }],
  ["a name twice", { ingestSources: [orders, { ...files, name: "Orders" }] }],
  ["a name that no logical id can hold", { ingestSources: [{ ...orders, name: "a-b" }] }],
  ["no cache", { ingestSources: [{ ...orders, caches: [] }] }],
  ["a cache that is no name", { ingestSources: [{ ...orders, caches: ["a/b"] }] }],
  ["a wrap into another cache", { ingestSources: [{ ...files, caches: ["orders"] }] }],
  [
    "a wrap onto the service's own topic",
    { ingestSources: [{ ...files, wrap: { ...wrap, topicName: "$hookcast" } }] },
  ],
  ["a rate that a batch exceeds", { ingestSources: [{ ...orders, maxPerMinute: 99 }] }],
  ["an unknown field", { ingestSources: [{ ...orders, rate: 1 }] }],
  [
    "more than a variable has room for",
    {
      ingestSources: [
        { ...orders, caches: ["a", "b", "c", "d", "e", "f", "g", "h"].map((c) => c.repeat(128)) },
      ],
    },
  ],
  [
    "nine sources",
    { ingestSources: Array.from({ length: 9 }, (_, n) => ({ ...orders, name: `s${n}` })) },
  ],
])("%s is refused", (_case, settings) => {
  expect(() => synthesize({ ingest: true, ...settings })).toThrow(/ingestSources/);
});

test("a command line gives sources as JSON", () => {
  const { template } = synthesize({ ingest: "true", ingestSources: JSON.stringify([orders]) });
  expect(queuesOf(template)).toEqual(["QueuesIngestOrdersDeadLetters", "QueuesIngestOrdersQueue"]);
});
