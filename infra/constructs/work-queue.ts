import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

interface WorkQueueProps {
  readonly consumerTimeoutSeconds: number;
  /** Whether both queues and their messages stay where the stack lets go of them; default: false. */
  readonly outlivesStack?: boolean;
  /** The longest message, if it may not be as long as SQS lets it be. */
  readonly maxMessageBytes?: number;
  /** After how many receives a message is a dead letter; default: 100. */
  readonly maxReceiveCount?: number;
}

/** A queue of jobs, and the dead-letter queue for those that our own code could not handle. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { consumerTimeoutSeconds, outlivesStack, maxReceiveCount = 100 } = props;

    const fate = outlivesStack && { removalPolicy: RemovalPolicy.RETAIN };
    this.deadLetters = new Queue(this, "DeadLetters", { ...queueDefaults, ...fate });
    this.queue = new Queue(this, "Queue", {
      ...queueDefaults,
      ...fate,
      maxMessageSizeBytes: props.maxMessageBytes,
      // AWS asks for six times the function's time-out: a batch may be throttled before it runs.
      visibilityTimeout: Duration.seconds(6 * consumerTimeoutSeconds),
      // A backstop: whatever ends a process is found sooner, and throttling by the hour must not end here.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
  }
}

const queueDefaults = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // As long as SQS can: what is paused or unattended must not expire over a holiday.
  retentionPeriod: Duration.days(14),
};
