import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
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

async function operatorEnvironment(dataDir: string): Promise<Record<string, string>> {
  return z.parse(Operator, JSON.parse(await readFile(join(dataDir, "operator.json"), "utf8")));
}

async function redrive(env: Record<string, string>, ...args: string[]): Promise<string> {
  const program = startFile("ops/redrive.ts", ["--queue", "delivery", ...args], env);
  expect(await program.exited).toBe(0);
  return program.stdout();
}

async function deadLetter(
  env: Record<string, string>,
  body: string,
  nameOfGrave: string,
): Promise<void> {
  const sqs = new SQSClient({
    region: env.AWS_REGION ?? "",
    endpoint: env.AWS_ENDPOINT_URL_SQS ?? "",
    credentials: operatorCredentials(env),
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const grave = QueueUrls.find((url) => url.includes(nameOfGrave));
  await sqs.send(new SendMessageCommand({ QueueUrl: grave, MessageBody: body }));
}
