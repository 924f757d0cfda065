import { Token } from "aws-cdk-lib";
import { EventField, type Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IngestQueue } from "./queues.ts";

/** Which ingest queue; needed where the deployment has sources. */
export interface FromSource {
  readonly source?: string;
}

/** What is published of each event of a rule. */
export interface FromRule extends FromSource {
  readonly cacheName: string;
  readonly topicName: string;
  readonly event?: string | number;
  /** Default: the event's `detail`. Parts of it may be `EventField.fromPath("$.detail.id")`. */
  readonly value?: unknown;
}

/** The queue of a source, or the one of a deployment without sources. */
export function queueOf(ingests: readonly IngestQueue[], { source }: FromSource): IngestQueue {
  const found = ingests.find((queue) => queue.source?.name === source);
  if (found) return found;
  if (ingests.length === 0) throw new Error("there is no ingest queue: set `ingest: true`");
  const names = ingests.flatMap((queue) => queue.source?.name ?? []);
  const choice = names.length > 0 ? `the sources are ${names.join(", ")}` : "there are no sources";
  throw new Error(`there is no ingest queue for ${source ?? "want of a source"}: ${choice}`);
}

/** The right to send to the queue, and no other. */
export function grantSend({ queue }: IngestQueue, grantee: IGrantable): Grant {
  return Grant.addToPrincipalOrResource({
    grantee,
    actions: ["sqs:SendMessage"],
    resourceArns: [queue.queueArn],
    resource: queue,
  });
}

export function addRule(
  { queue, deadLetters, source }: IngestQueue,
  rule: Rule,
  from: FromRule,
): void {
  const { cacheName, topicName, event, value = EventField.fromPath("$.detail") } = from;
  if (source?.wrap)
    throw new Error(`the source ${source.name} wraps whole bodies, and a rule does so itself`);
  if (source && !Token.isUnresolved(cacheName) && !source.caches.includes(cacheName)) {
    throw new Error(`the source ${source.name} may not publish to the cache ${cacheName}`);
  }
  const message = RuleTargetInput.fromObject({ cacheName, topicName, event, value });
  // What EventBridge gives up after a day is kept beside what ingest refuses.
  rule.addTarget(new SqsQueue(queue, { message, deadLetterQueue: deadLetters }));
}

export function addTopic({ queue, deadLetters, source }: IngestQueue, topic: ITopic): void {
  if (!source?.wrap) throw new Error("SNS knows no topics of ours: name a source that has `wrap`");
  topic.addSubscription(
    new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: deadLetters }),
  );
}
