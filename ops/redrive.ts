import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type QueueAttributeName,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { openIngestSeal } from "../shared/store/messages/ingest-seal.ts";
import { connect } from "./connect.ts";
import { ingestQueues, reasonsIn, sendBack } from "./redrive-ingest.ts";

const usage = `usage: npm run redrive -- --queue delivery|newcomer|slow|retry|fanOut|recover|ingest [--dry-run]

Sends the messages of the queue's dead-letter queue back to the queue, and shows the progress. Several
delivery or ingest queues follow one after the other.
--dry-run only counts; for ingest it also shows why up to ten bodies are there.`;

const outputs = {
  delivery: "DeliveryQueue",
  newcomer: "NewcomerQueue",
  slow: "SlowQueue",
  retry: "RetryQueue",
  fanOut: "FanOutQueue",
  recover: "RecoverQueue",
} as const;
const QueueName = z.enum(["delivery", "newcomer", "slow", "retry", "fanOut", "recover", "ingest"]);
const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

const sqs = () => new SQSClient({});

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { queue: { type: "string" }, "dry-run": { type: "boolean", default: false } },
  });
  const queue = z.safeParse(QueueName, values.queue);
  if (!queue.success) throw new Error(usage);
  connect();
  if (queue.data === "ingest") return redriveIngest(values["dry-run"]);
  const queueUrls = urlsOf(outputs[queue.data]);
  if (queueUrls.length === 0)
    throw new Error(`the environment does not hold ${outputs[queue.data]}`);
  for (const [index, queueUrl] of queueUrls.entries()) {
    const name = index === 0 ? queue.data : `${queue.data} ${index + 1}`;
    await redrive(name, queueUrl, values["dry-run"]);
  }
}

/** Bodies go back one by one, each with the identity that it had: SQS itself would give them new ones. */
async function redriveIngest(isDryRun: boolean): Promise<void> {
  const queueUrls = ingestQueues(process.env);
  if (queueUrls.length === 0) throw new Error("the environment does not hold IngestQueue");
  for (const [name, queueUrl] of queueUrls) {
    const { count, deadLettersUrl, queueArn } = await deadLettersOf(name, queueUrl);
    if (count === "0") continue;
    const work = { sqs: sqs(), queueUrl, queueArn, deadLettersUrl, sealKey: openIngestSeal() };
    if (isDryRun) for (const line of await reasonsIn(work)) console.log(line);
    else console.log(`${await sendBack(work)} of ${count} moved`);
  }
}

/** Those of further delivery queues end in a number: `DeliveryQueue2`. */
function urlsOf(output: string): string[] {
  const named = (number: number) => process.env[number === 1 ? output : `${output}${number}`];
  const urls: string[] = [];
  for (let url = named(1); url; url = named(urls.length + 1)) urls.push(url);
  return urls;
}

async function redrive(name: string, queueUrl: string, isDryRun: boolean): Promise<void> {
  const { count, queueArn, deadLettersArn } = await deadLettersOf(name, queueUrl);
  if (isDryRun || count === "0") return;

  await sqs().send(
    new StartMessageMoveTaskCommand({ SourceArn: deadLettersArn, DestinationArn: queueArn }),
  );
  await follow(deadLettersArn);
}

/** Where a queue's dead letters are, and how many; says so. */
async function deadLettersOf(name: string, queueUrl: string) {
  const source = await attributesOf(queueUrl, "QueueArn", "RedrivePolicy");
  const policy = z.parse(RedrivePolicy, JSON.parse(source.RedrivePolicy ?? "{}"));
  const deadLettersUrl = urlBeside(queueUrl, policy.deadLetterTargetArn);
  const { ApproximateNumberOfMessages: count = "0" } = await attributesOf(
    deadLettersUrl,
    "ApproximateNumberOfMessages",
  );
  console.log(`${count} messages in the dead-letter queue of ${name}`);
  const { QueueArn: queueArn = "" } = source;
  return { count, queueArn, deadLettersUrl, deadLettersArn: policy.deadLetterTargetArn };
}

async function attributesOf(QueueUrl: string, ...names: QueueAttributeName[]) {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names });
  return (await sqs().send(command)).Attributes ?? {};
}

/** Queues of one account differ in the last part of their address only, which ends their ARN as well. */
function urlBeside(queueUrl: string, arn: string): string {
  return queueUrl.replace(/[^/]+$/, arn.split(":").at(-1) ?? "");
}

async function follow(SourceArn: string): Promise<void> {
  for (;;) {
    const { Results = [] } = await sqs().send(new ListMessageMoveTasksCommand({ SourceArn }));
    const [task] = Results;
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    console.log(`${moved} of ${task?.ApproximateNumberOfMessagesToMove ?? moved} moved`);
    if (task?.Status === "FAILED") throw new Error(`the move failed: ${task.FailureReason}`);
    if (task?.Status !== "RUNNING") return;
    await pause(1_000);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
