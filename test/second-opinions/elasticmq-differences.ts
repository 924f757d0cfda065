import {
  commonErrors,
  fairQueues,
  longPolling,
  messageQuotas,
  sqsAction,
  visibilityTimeout,
} from "./documents.ts";
import type { Difference } from "./engine.ts";

export const differences: readonly Difference[] = [
  {
    file: "conformance/sqs/batches.test.ts",
    tests: /^answers 200 and lists the entries that failed$/,
    why: "one character that no message may have fails the whole batch",
    document: sqsAction("SendMessageBatch"),
  },
  {
    file: "conformance/sqs/batches.test.ts",
    tests: /^refuses a batch that is empty, too long, too large or names an entry twice$/,
    why: "it takes an empty batch",
    document: sqsAction("SendMessageBatch"),
  },
  {
    file: "conformance/sqs/fair-queue.test.ts",
    tests: /^lets a group with many in flight not starve the others$/,
    why: "it has no fair queues",
    document: fairQueues,
  },
  {
    file: "conformance/sqs/long-poll.test.ts",
    tests: /^never hands a message to a receiver that has gone away$/,
    why: "it hides what it handed to a receiver that hung up until the time-out, as AWS may; the embedded one need not",
    document: visibilityTimeout,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^shows only the attributes that were asked for$/,
    why: "it knows no prefix of attributes",
    document: sqsAction("ReceiveMessage"),
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^takes 1 MiB and refuses one byte more, attributes counted$/,
    why: "it refuses a message that is too long by the name of an error for attributes of queues",
    document: commonErrors,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^refuses what SQS does not carry$/,
    why: "it refuses characters by the name of an error for attributes of queues",
    document: messageQuotas,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^deletes a message for good$/,
    why: "it refuses a receipt once it is used or overtaken",
    document: sqsAction("DeleteMessage"),
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^keeps a message that somebody else has received when a stale receipt deletes it$/,
    why: "it refuses a receipt once it is used or overtaken",
    document: sqsAction("DeleteMessage"),
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^refuses to change the time-out of a message that is not in flight/,
    why: "it hides a message again that is not in flight",
    document: sqsAction("ChangeMessageVisibility"),
  },
  {
    file: "conformance/sqs/queues.test.ts",
    tests: /^answers attributes as they were set and the standards of the others$/,
    why: "it knows neither the retention period nor the largest message of a queue",
    document: sqsAction("GetQueueAttributes"),
  },
  {
    file: "conformance/sqs/queues.test.ts",
    tests: /^refuses attributes out of range, unknown ones, FIFO/,
    why: "it takes a queue's delay of more than 15 minutes",
    document: sqsAction("CreateQueue"),
  },
  {
    file: "conformance/sqs/redrive.test.ts",
    tests: /^wakes a receiver that waits at the dead-letter queue$/,
    why: "a dead letter wakes nobody",
    document: longPolling,
  },
  {
    file: "conformance/sqs/redrive.test.ts",
    tests: /^(moves dead letters slowly|refuses to move)/,
    why: "it gives no answer to those who ask for a second move, or for one out of another queue",
    document: sqsAction("StartMessageMoveTask"),
  },
];
