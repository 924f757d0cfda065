import { AwsError } from "../aws/aws-error.ts";
import { type Access, type AwsServer, type OnCall, startAwsServer } from "../aws/server.ts";
import type { SendFromService } from "../sqs/messages/from-service.ts";
import type { SnsTopic } from "../template/topics.ts";
import { type Notify, publish, publishBatch, topicOf } from "./publish.ts";

export interface SnsOptions extends Access {
  topics: readonly SnsTopic[];
  send: SendFromService;
  port?: number;
  onCall?: OnCall;
}

/** The topics of a template, which hand each message to their queues as it is. */
export function startSns({ topics, send, ...options }: SnsOptions): Promise<AwsServer> {
  const byArn = new Map(topics.map((topic) => [topic.arn, topic]));
  const notify: Notify = async (topicArn, { body, attributes }) => {
    const topic = byArn.get(topicArn);
    if (!topic) throw new AwsError("NotFound", "Topic does not exist", { status: 404 });
    const sent = topic.subscriptions.map(({ queueArn, deadLetterArn }) =>
      send({
        ...{ senderId: "sns.amazonaws.com", queueArn, body, attributes },
        deadLetter:
          deadLetterArn === undefined
            ? undefined
            : { queueArn: deadLetterArn, body, attributes: {} },
      }),
    );
    await Promise.all(sent);
  };
  return startAwsServer({
    ...options,
    service: "sns",
    permissionsOf: (action, input) => [{ action: "sns:Publish", resource: topicOf(action, input) }],
    dispatch: ({ action, input }) =>
      action === "PublishBatch" ? publishBatch(input, notify) : publish(input, notify),
  });
}
