import type { Gap } from "../steps/gaps.ts";

/** A test that fails against the emulator because of what it does differently from AWS. */
interface DeploymentGap extends Gap {
  /** Where the same behaviour is seen to hold. */
  insteadIn: string;
}

const localRun = "the same test against the local run";
const ownEngines = "the same test against the embedded engines";

/** They run all the same, and must fail: what the emulator has learned comes off this list. */
export const gaps: readonly DeploymentGap[] = [
  {
    file: "contract/gateway/bad-paths.test.ts",
    tests: /that the gateway cannot read or carry never reaches a function$/,
    why: "the gateway hands broken percent-encoding on to the function",
    insteadIn: localRun,
  },
  {
    file: "contract/gateway/gateway.test.ts",
    tests: /^broken percent-encoding is a 400/,
    why: "the gateway hands broken percent-encoding on to the function",
    insteadIn: localRun,
  },
  {
    file: "contract/gateway/gateway.test.ts",
    tests: /^OPTIONS is no method of the path/,
    why: "the gateway answers 403 to every OPTIONS while CORS is not configured",
    insteadIn: localRun,
  },
  {
    file: "contract/gateway/gateway.test.ts",
    tests: /^a body of more than 10 MB is a 413$/,
    why: "the gateway has no limit for bodies",
    insteadIn: localRun,
  },
  {
    file: "contract/gateway/gateway.test.ts",
    tests: /^headers of more than 10 KiB are refused$/,
    why: "its web server refuses long headers with an empty answer",
    insteadIn: localRun,
  },
  {
    file: "contract/publish/publish.test.ts",
    tests: /^refuses bytes where (JSON|text) is announced$/,
    why: "the gateway replaces bytes that are no UTF-8 before the function sees them",
    insteadIn: localRun,
  },
  {
    file: "deploy/stack.test.ts",
    tests: /^(rows expire|tables can be recovered)/,
    why: "its CloudFormation drops time to live and point-in-time recovery",
    insteadIn: "test/infra/storage.test.ts",
  },
  {
    file: "conformance/sqs/batches.test.ts",
    tests: /^answers 200 and lists the entries that failed$/,
    why: "SQS takes a delay of more than 15 minutes",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^holds a message back for its own delay, the queue's otherwise$/,
    why: "SQS takes a delay of more than 15 minutes",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^takes 1 MiB and refuses one byte more, attributes counted$/,
    why: "SQS does not count attributes as part of a message's size",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/messages.test.ts",
    tests: /^deletes a message for good$/,
    why: "SQS refuses a receipt once it is used or overtaken",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^keeps a message that somebody else has received when a stale receipt deletes it$/,
    why: "SQS refuses a receipt once it is used or overtaken",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/visibility.test.ts",
    tests: /^refuses to change the time-out of a message that is not in flight/,
    why: "SQS hides a message again that is not in flight",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/queues.test.ts",
    tests: /^refuses attributes out of range, unknown ones, FIFO/,
    why: "SQS takes attributes that it does not know",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/fair-queue.test.ts",
    tests: /^lets a group with many in flight not starve the others$/,
    why: "SQS has no fair queues",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/long-poll.test.ts",
    tests: /^never hands a message to a receiver that has gone away$/,
    why: "SQS hands messages to receivers that hung up, until their time-out",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/sqs/redrive.test.ts",
    tests: /^(names the queues that a dead-letter queue serves|moves dead letters|refuses to move)/,
    why: "SQS neither lists sources of a dead-letter queue nor moves messages out of it",
    insteadIn: ownEngines,
  },
  {
    file: "conformance/kms.test.ts",
    tests: /^encrypts up to 4 KiB and notices every changed byte$/,
    why: "KMS does not notice a changed ciphertext",
    insteadIn: ownEngines,
  },
];
