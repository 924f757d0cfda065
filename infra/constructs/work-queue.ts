import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

interface WorkQueueProps {
  readonly consumerTimeoutSeconds: number;
  /** Whether the queue and its messages stay where the stack lets go of it; default: false. */
  readonly outlivesRollback?: boolean;
}

/** A queue of jobs, and the dead-letter queue for those that our own code could not handle. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(
    scope: Construct,
    id: string,
    { consumerTimeoutSeconds, outlivesRollback }: WorkQueueProps,
  ) {
    super(scope, id);

    this.deadLetters = new Queue(this, "DeadLetters", queueDefaults);
    this.queue = new Queue(this, "Queue", {
      ...queueDefaults,
      // AWS asks for six times the function's time-out: a batch may be throttled before it runs.
      visibilityTimeout: Duration.seconds(6 * consumerTimeoutSeconds),
      ...(outlivesRollback && { removalPolicy: RemovalPolicy.RETAIN }),
      // A backstop: whatever ends a process is found sooner, and throttling by the hour must not end here.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 100 },
    });
  }
}

const queueDefaults = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // As long as SQS can: what is paused or unattended must not expire over a holiday.
  retentionPeriod: Duration.days(14),
};
