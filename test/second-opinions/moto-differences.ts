import {
  atomicCounters,
  dynamodbAction,
  dynamodbLimits,
  fairQueues,
  isolation,
  messageQuotas,
  sqsAction,
  visibilityTimeout,
} from "./documents.ts";
import type { Difference } from "./engine.ts";

export const differences: readonly Difference[] = [
  {
    file: "conformance/dynamodb/transactions.test.ts",
    tests: /^makes a transaction once however often its token comes$/,
    why: "DynamoDB ignores ClientRequestToken",
    document: dynamodbAction("TransactWriteItems"),
  },
  {
    file: "conformance/dynamodb/transactions.test.ts",
    tests: /^takes 100 items and refuses 101, none and more than 4 MB$/,
    why: "DynamoDB takes a transaction of nothing",
    document: dynamodbAction("TransactWriteItems"),
  },
  {
    file: "conformance/dynamodb/transactions.test.ts",
    tests: /^(keeps transactions, single writes|lets exactly one of many concurrent)/,
    why: "DynamoDB lets requests that come at once see half of each other",
    isRace: true,
    document: isolation,
  },
  {
    file: "conformance/dynamodb/writes.test.ts",
    tests: /^counts every one of many concurrent updates of one item$/,
    why: "DynamoDB loses one of two additions that come at once",
    isRace: true,
    document: atomicCounters,
  },
  {
    file: "conformance/dynamodb/writes.test.ts",
    tests: /^counts the limits of keys and items in bytes$/,
    why: "DynamoDB refuses items of less than 400 KB",
    document: dynamodbLimits,
  },
  {
    file: "conformance/dynamodb/writes.test.ts",
    tests: /^refuses a batch that names an item twice or holds more than 25$/,
    why: "DynamoDB takes a batch that puts an item twice",
    document: dynamodbAction("BatchWriteItem"),
  },
  {
    file: "conformance/sqs/batches.test.ts",
    tests: /^answers 200 and lists the entries that failed$/,
    why: "SQS takes characters that no message may have",
    document: messageQuotas,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^refuses what SQS does not carry$/,
    why: "SQS takes characters that no message may have",
    document: messageQuotas,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^takes 1 MiB and refuses one byte more, attributes counted$/,
    why: "SQS counts the characters of a message, not its bytes",
    document: messageQuotas,
  },
  {
    file: "conformance/sqs/fair-queue.test.ts",
    tests: /^lets a group with many in flight not starve the others$/,
    why: "SQS has no fair queues",
    document: fairQueues,
  },
  {
    file: "conformance/sqs/long-poll.test.ts",
    tests: /^never hands a message to a receiver that has gone away$/,
    why: "SQS hides what it handed to a receiver that hung up until the time-out, as AWS may; the embedded one need not",
    document: visibilityTimeout,
  },
  {
    file: "conformance/sqs/queues.test.ts",
    tests: /^refuses attributes out of range, unknown ones, FIFO/,
    why: "SQS takes a queue's delay of more than 15 minutes",
    document: sqsAction("CreateQueue"),
  },
  {
    file: "conformance/sqs/redrive.test.ts",
    tests: /^sends a message to the dead-letter queue after the last receipt that is allowed$/,
    why: "SQS does not say which queue a dead letter comes from",
    document: sqsAction("ReceiveMessage"),
  },
  {
    file: "conformance/sqs/redrive.test.ts",
    tests: /^(moves dead letters|refuses to move)/,
    why: "SQS does not move messages out of a dead-letter queue",
    document: sqsAction("StartMessageMoveTask"),
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^keeps a message that somebody else has received when a stale receipt deletes it$/,
    why: "SQS deletes a message under a receipt that was overtaken",
    document: sqsAction("DeleteMessage"),
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^refuses to change the time-out of a message that is not in flight/,
    why: "SQS hides a message again that is not in flight",
    document: sqsAction("ChangeMessageVisibility"),
  },
];
