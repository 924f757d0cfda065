import { expect, test } from "vitest";
import { readSettings } from "../../infra/settings/settings.ts";
import { lanes } from "../../ops/simulate/lanes.ts";
import { maxReceiveCount } from "../../ops/simulate/world.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();
const functions = template.findResources("AWS::Lambda::Function");
const queues = template.findResources("AWS::SQS::Queue");

/** What a deployment gives the consumers of its queues, in the order of the template. */
const deployed = Object.values(template.findResources("AWS::Lambda::EventSourceMapping")).map(
  ({ Properties: mapping }) => ({
    concurrency: mapping.ScalingConfig.MaximumConcurrency,
    batchSize: mapping.BatchSize,
    timeoutMs: 1000 * functions[mapping.FunctionName.Ref]?.Properties.Timeout,
    queue: queues[mapping.EventSourceArn["Fn::GetAtt"][0]]?.Properties,
  }),
);

test("the simulation gives each queue what a deployment gives it", () => {
  const { deliveryConcurrency } = readSettings({});
  const simulated = lanes(deliveryConcurrency).map(({ concurrency, batchSize, ...lane }) => ({
    concurrency,
    batchSize,
    timeoutMs: lane.function.timeoutMs,
  }));
  expect(simulated).toEqual(deployed.map(({ queue: _, ...mapping }) => mapping));
  expect(simulated).toHaveLength(6);
});

test("the simulation hands out a message again when and as often as a deployment's queues do", () => {
  for (const { queue, timeoutMs } of deployed) {
    expect(1000 * queue?.VisibilityTimeout).toBe(6 * timeoutMs);
  }
  const counts = deployed.map(({ queue }) => queue?.RedrivePolicy.maxReceiveCount);
  expect(counts.filter((count) => count === maxReceiveCount)).toHaveLength(counts.length);
});
