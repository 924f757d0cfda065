import { expect, test } from "vitest";
import { readSettings } from "../../infra/settings/settings.ts";
import { lanes } from "../../ops/simulate/lanes.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize({ ingest: true });
const functions = template.findResources("AWS::Lambda::Function");
const queues = template.findResources("AWS::SQS::Queue");

/** What a deployment gives the consumers of its queues, in the order of the template. */
const deployed = Object.values(template.findResources("AWS::Lambda::EventSourceMapping")).map(
  ({ Properties: mapping }) => ({
    concurrency: mapping.ScalingConfig.MaximumConcurrency,
    batchSize: mapping.BatchSize,
    timeoutMs: 1000 * functions[mapping.FunctionName.Ref]?.Properties.Timeout,
    maxReceiveCount:
      queues[mapping.EventSourceArn["Fn::GetAtt"][0]]?.Properties.RedrivePolicy.maxReceiveCount,
    queue: queues[mapping.EventSourceArn["Fn::GetAtt"][0]]?.Properties,
  }),
);

test("the simulation gives each queue what a deployment gives it", () => {
  const { deliveryConcurrency } = readSettings({});
  const simulated = lanes(deliveryConcurrency).map(({ url: _, function: fn, ...lane }) => ({
    ...lane,
    timeoutMs: fn.timeoutMs,
  }));
  expect(simulated).toEqual(deployed.map(({ queue: _, ...mapping }) => mapping));
  expect(simulated).toHaveLength(7);
});

test("the simulation hands out a message again when a deployment's queues do", () => {
  for (const { queue, timeoutMs } of deployed) {
    expect(1000 * queue?.VisibilityTimeout).toBe(6 * timeoutMs);
  }
});
