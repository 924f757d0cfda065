import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { firstAttempt } from "../faults/run/delivery-job.ts";
import { subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { startFile } from "../support/process/program.ts";
import { api } from "../support/service/api.ts";
import { synthesize } from "../support/service/assembly.ts";
import { operatorCredentials } from "../support/service/engine-access.ts";
import { startLocalRun } from "../support/service/local-run.ts";

const Operator = z.record(z.string(), z.string());
const names = { cacheName: "c", webhookName: "w", topicName: "t" };

test("redrive counts dead letters, and sends them back to their queue on demand", async () => {
  await using run = await startLocalRun();
  await using receiver = await startReceiver();
  const webhook = await subscribe(api(run.url, run.key), receiver, names);
  const env = await operatorEnvironment(run.dataDir);
  const job = firstAttempt({ ...names, webhookId: webhook.webhookId });
  await deadLetter(env, JSON.stringify(job), "QueuesDeliveryDeadLetters");

  expect(await redrive(env, "--dry-run")).toBe("1 messages in the dead-letter queue of delivery\n");
  expect(receiver.deliveries).toEqual([]);
  expect(await redrive(env)).toContain("1 of 1 moved");
  await eventually(() => receiver.find(webhook.path, job.message.messageId));
  expect(await redrive(env)).toContain("0 messages");
});

test("redrive goes through all of several delivery queues", async () => {
  const template = await mkdtemp(join(tmpdir(), "hookcast-sharded-"));
  onTestFinished(() => rm(template, { recursive: true, force: true }));
  await synthesize(template, { deliveryShards: 3 });
  await using run = await startLocalRun({ template });
  await using receiver = await startReceiver();
  const webhook = await subscribe(api(run.url, run.key), receiver, names);
  const env = await operatorEnvironment(run.dataDir);
  const job = firstAttempt({ ...names, webhookId: webhook.webhookId });
  await deadLetter(env, JSON.stringify(job), "QueuesDelivery3DeadLetters");

  const said = await redrive(env);
  expect(said).toContain("0 messages in the dead-letter queue of delivery\n");
  expect(said).toContain("0 messages in the dead-letter queue of delivery 2\n");
  expect(said).toContain("1 messages in the dead-letter queue of delivery 3\n1 of 1 moved\n");
  await eventually(() => receiver.find(webhook.path, job.message.messageId));
});

test("redrive sends refused bodies back to their ingest queue under the identity that they had", async () => {
  await using run = await startLocalRun();
  await using receiver = await startReceiver();
  const webhook = await subscribe(api(run.url, run.key), receiver, names);
  const env = await operatorEnvironment(run.dataDir);
  const sqs = openSqs(env);
  const to = { cacheName: "c", topicName: "t" };
  const QueueUrl = env.IngestQueue;
  const MessageBody = JSON.stringify([
    { ...to, value: 1 },
    { ...to, value: 2, event: "?" },
  ]);
  const { MessageId = "" } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await eventually(() => receiver.deliveries.length === 1);

  const counted = await redriveQueue(env, "ingest", "--dry-run");
  expect(counted).toContain("1 messages in the dead-letter queue of ingest\n");
  expect(counted).toMatch(/^[\w-]+ {2}INVALID_ARGUMENT_ERROR: .*event must be/m);
  // It is refused again, with the same identity, and not sent round and round.
  expect(await redriveQueue(env, "ingest")).toContain("1 of 1 moved");
  const [dead] = await eventually(() => deadLettersIn(env, "QueuesIngestDeadLetters"));
  const identity = dead?.MessageAttributes?.["hookcast-identity"]?.StringValue;
  expect(identity).toContain(`.${MessageId}.1.`);

  // Repaired by hand, it has that identity still.
  const MessageAttributes = dead?.MessageAttributes;
  const repaired = JSON.stringify({ ...to, value: 2 });
  const deadLetters = await urlOf(env, "QueuesIngestDeadLetters");
  await sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetters }));
  await sqs.send(
    new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: repaired, MessageAttributes }),
  );
  await eventually(async () => (await redriveQueue(env, "ingest")).includes("1 of 1 moved"));
  await eventually(() => receiver.deliveries.length === 2);
  const [first, second] = receiver.deliveries;
  expect(second?.refusal).toBeUndefined();
  // Ids begin with the time at which the array was sent.
  expect(second?.messageId.slice(0, 14)).toBe(first?.messageId.slice(0, 14));
  expect(second?.path).toBe(webhook.path);
});

async function operatorEnvironment(dataDir: string): Promise<Record<string, string>> {
  return z.parse(Operator, JSON.parse(await readFile(join(dataDir, "operator.json"), "utf8")));
}

function redrive(env: Record<string, string>, ...args: string[]): Promise<string> {
  return redriveQueue(env, "delivery", ...args);
}

async function redriveQueue(
  env: Record<string, string>,
  queue: string,
  ...args: string[]
): Promise<string> {
  const program = startFile("ops/redrive.ts", ["--queue", queue, ...args], env);
  expect(await program.exited).toBe(0);
  return program.stdout();
}

async function deadLetter(
  env: Record<string, string>,
  body: string,
  nameOfGrave: string,
): Promise<void> {
  const QueueUrl = await urlOf(env, nameOfGrave);
  await openSqs(env).send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}

async function urlOf(env: Record<string, string>, name: string): Promise<string | undefined> {
  const { QueueUrls = [] } = await openSqs(env).send(new ListQueuesCommand({}));
  return QueueUrls.find((url) => url.includes(name));
}

async function deadLettersIn(env: Record<string, string>, name: string) {
  const QueueUrl = await urlOf(env, name);
  const { Messages } = await openSqs(env).send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, MessageAttributeNames: ["All"] }),
  );
  return Messages;
}

function openSqs(env: Record<string, string>): SQSClient {
  return new SQSClient({
    region: env.AWS_REGION ?? "",
    endpoint: env.AWS_ENDPOINT_URL_SQS ?? "",
    credentials: operatorCredentials(env),
  });
}
