import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();
const queues = template.findResources("AWS::SQS::Queue");
const workQueues = Object.entries(queues).filter(([, { Properties }]) => Properties.RedrivePolicy);
const deadLetterIds = workQueues.map(
  ([, { Properties }]) => Properties.RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"][0],
);

test("there are six queues of work, each with a dead-letter queue of its own", () => {
  expect(workQueues.map(([id]) => id)).toEqual([
    expect.stringMatching("Delivery"),
    expect.stringMatching("Newcomer"),
    expect.stringMatching("Slow"),
    expect.stringMatching("Retry"),
    expect.stringMatching("FanOut"),
    expect.stringMatching("Recover"),
  ]);
  expect(new Set(deadLetterIds).size).toBe(6);
  expect(Object.keys(queues)).toHaveLength(12);
});

test("a lane that an earlier version does not know, and queues that fewer shards let go of, stay with what waits", () => {
  const { template: sharded } = synthesize({ deliveryShards: 3 });
  const kept = Object.entries(sharded.findResources("AWS::SQS::Queue"))
    .filter(([, queue]) => queue.DeletionPolicy === "Retain")
    .map(([id]) => id.replace(/[0-9A-F]{8}$/, ""));
  const lanes = ["QueuesDelivery2", "QueuesDelivery3", "QueuesNewcomer"];
  expect(kept).toEqual(lanes.flatMap((lane) => [`${lane}DeadLetters`, `${lane}Queue`]));
  const { template: destroyed } = synthesize({ deliveryShards: 3, removalPolicy: "destroy" });
  const gone = Object.values(destroyed.findResources("AWS::SQS::Queue"));
  expect(gone.filter((queue) => queue.DeletionPolicy === "Retain")).toEqual([]);
});

test.each(workQueues)("%s gives up a message after ten receives", (_id, { Properties }) => {
  expect(Properties.RedrivePolicy.maxReceiveCount).toBe(100);
});

test.each(Object.entries(queues))("%s is encrypted and keeps messages 14 days", (_id, queue) => {
  expect(queue.Properties).toMatchObject({
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 24 * 60 * 60,
  });
});

test("no queue can be reached without TLS", () => {
  const policies = Object.values(template.findResources("AWS::SQS::QueuePolicy"));
  const guarded = policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement[0].Effect === "Deny" &&
    Properties.PolicyDocument.Statement[0].Condition.Bool["aws:SecureTransport"] === "false"
      ? Properties.Queues.map((queue: { Ref: string }) => queue.Ref)
      : [],
  );
  expect(guarded.sort()).toEqual(Object.keys(queues).sort());
});

test("a message is hidden for at least six times as long as its consumer may run", () => {
  const mappings = Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
  const functions = template.findResources("AWS::Lambda::Function");
  expect(mappings.length).toBeGreaterThan(0);
  for (const { Properties } of mappings) {
    const queue = queues[Properties.EventSourceArn["Fn::GetAtt"][0]];
    const consumer = functions[Properties.FunctionName.Ref];
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
      6 * consumer?.Properties.Timeout,
    );
  }
});

test("deliveries are spread over as many queues as the deployment asks for", () => {
  const sharded = synthesize({ deliveryShards: 3 }).template;
  const ids = Object.keys(sharded.findResources("AWS::SQS::Queue"));
  expect(ids.filter((id) => /^QueuesDelivery\d?Queue/.test(id))).toHaveLength(3);
  expect(ids.filter((id) => /^QueuesDelivery\d?DeadLetters/.test(id))).toHaveLength(3);
  const mappings = Object.values(sharded.findResources("AWS::Lambda::EventSourceMapping"));
  expect(mappings).toHaveLength(8);
});
