import * as z from "zod/mini";
import { topicArn } from "../aws/arn.ts";
import { assertMaySend } from "./queue-policies.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A topic of SNS with the queues that get its messages. */
export interface SnsTopic {
  arn: string;
  subscriptions: QueueSubscription[];
}

export interface QueueSubscription {
  queueArn: string;
  /** Gets what the queue does not take. */
  deadLetterArn: string | undefined;
}

const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.literal(true, "only raw messages run here"),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string() })),
  FilterPolicy: z.optional(z.undefined({ error: "filters do not run here" })),
});

const TopicProperties = z.object({
  FifoTopic: z.optional(z.literal(false, "FIFO topics do not run here")),
  Subscription: z.optional(z.undefined({ error: "subscriptions are resources of their own here" })),
});

/** All topics. Mail, HTTP and whatever else subscribes to one does not run here. */
export function readTopics(resources: Resource[]): SnsTopic[] {
  const topics = ofType(resources, "AWS::SNS::Topic").map((resource): SnsTopic => {
    parseProperties(TopicProperties, resource);
    return { arn: topicArn(resource.name), subscriptions: [] };
  });
  for (const resource of ofType(resources, "AWS::SNS::Subscription")) {
    if (Object(resource.properties).Protocol !== "sqs") continue;
    const properties = parseProperties(SubscriptionProperties, resource);
    const { TopicArn: sourceArn, Endpoint } = properties;
    const topic = topics.find(({ arn }) => arn === sourceArn);
    if (!topic) throw new Error(`${resource.logicalId}: ${sourceArn} is no topic of the template`);
    const sender = { service: "sns.amazonaws.com", sourceArn };
    assertMaySend(resources, resource.logicalId, Endpoint, sender);
    const deadLetterArn = properties.RedrivePolicy?.deadLetterTargetArn;
    topic.subscriptions.push({ queueArn: Endpoint, deadLetterArn });
  }
  return topics;
}
