import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize({
  deliveryConcurrency: 30,
  newcomerConcurrency: 11,
  slowConcurrency: 9,
  retryConcurrency: 7,
  fanOutConcurrency: 3,
});

function worker(name: "Deliver" | "FanOut" | "Recover", from = template) {
  const found = Object.entries(from.findResources("AWS::Lambda::Function")).find(([id]) =>
    id.startsWith(`Workers${name}`),
  );
  if (found === undefined) throw new Error(`The stack has no ${name} function`);
  return { id: found[0], properties: found[1].Properties };
}

const deliver = (from = template) => worker("Deliver", from);
const fanOut = () => worker("FanOut");
const recover = () => worker("Recover");

function mappings(from = template) {
  return Object.values(from.findResources("AWS::Lambda::EventSourceMapping")).map(
    ({ Properties }) => Properties,
  );
}

test("each worker takes from queues of its own, first attempts, those of newcomers, slow ones and retries apart, each with its share", () => {
  const shares = mappings().map((mapping) => [
    mapping.EventSourceArn["Fn::GetAtt"][0].replace(/[0-9A-F]{8}$/, ""),
    mapping.FunctionName.Ref,
    mapping.ScalingConfig.MaximumConcurrency,
  ]);
  expect(shares).toEqual([
    ["QueuesDeliveryQueue", deliver().id, 30],
    ["QueuesNewcomerQueue", deliver().id, 11],
    ["QueuesSlowQueue", deliver().id, 9],
    ["QueuesRetryQueue", deliver().id, 7],
    ["QueuesFanOutQueue", fanOut().id, 3],
    ["QueuesRecoverQueue", recover().id, 5],
  ]);
});

test("a batch is ten messages, of which each may fail alone; of recoveries it is one step", () => {
  template.allResourcesProperties("AWS::Lambda::EventSourceMapping", {
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    Enabled: true,
  });
  expect(mappings().map((mapping) => mapping.BatchSize)).toEqual([10, 10, 10, 10, 10, 1]);
});

test("no mapping starts before its function may receive", () => {
  const { DependsOn } = template.findResources("AWS::Lambda::Function")[deliver().id] ?? {};
  expect(DependsOn).toContainEqual(expect.stringMatching(/^WorkersDeliverRoleDefaultPolicy/));
});

test("a paused deployment lets everything wait", () => {
  const paused = synthesize({ paused: true }).template;
  expect(mappings(paused).map((mapping) => mapping.Enabled)).toEqual(Array(6).fill(false));
});

test("what a worker sends may come back to it, which Lambda would stop at the 16th hop", () => {
  expect(deliver().properties.RecursiveLoop).toBe("Allow");
  expect(fanOut().properties.RecursiveLoop).toBe("Allow");
  expect(recover().properties.RecursiveLoop).toBe("Allow");
});

test("no other function may loop", () => {
  const looping = template.findResources("AWS::Lambda::Function", {
    Properties: { RecursiveLoop: "Allow" },
  });
  expect(Object.keys(looping)).toEqual([deliver().id, fanOut().id, recover().id]);
});

test("deliver has a minute: twice the longest deadline of a POST", () => {
  expect(deliver().properties.Timeout).toBe(60);
});

test("capacity is set aside for deliver where the deployment asks for it", () => {
  const reserved = synthesize({ deliverReservedConcurrency: 160 }).template;
  expect(deliver(reserved).properties.ReservedConcurrentExecutions).toBe(160);
  expect(deliver().properties.ReservedConcurrentExecutions).toBeUndefined();
});

test("the sweeper runs every minute", () => {
  const [rule] = Object.values(template.findResources("AWS::Events::Rule"));
  expect(rule?.Properties).toMatchObject({
    ScheduleExpression: "rate(1 minute)",
    State: "ENABLED",
  });
  expect(rule?.Properties.Targets[0].Arn["Fn::GetAtt"][0]).toMatch(/^WorkersSweep/);
});

test("a sweep that failed is not tried again: the next minute's does the same", () => {
  const once = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
  template.resourceCountIs("AWS::Lambda::EventInvokeConfig", 1);
  template.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
    ...once,
    FunctionName: { Ref: Match.stringLikeRegexp("^WorkersSweep") },
  });
  const [rule] = Object.values(template.findResources("AWS::Events::Rule"));
  expect(rule?.Properties.Targets[0].RetryPolicy).toEqual(once);
});
