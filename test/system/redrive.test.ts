import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { firstAttempt } from "../faults/delivery-job.ts";
import { api } from "../support/api.ts";
import { subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startLocalRun } from "../support/local-run.ts";
import { startFile } from "../support/program.ts";
import { startReceiver } from "../support/receiver.ts";

const Operator = z.record(z.string(), z.string());

test("redrive counts dead letters, and sends them back to their queue on demand", async () => {
  await using run = await startLocalRun();
  await using receiver = await startReceiver();
  const webhook = await subscribe(api(run.url, run.key), receiver, {
    cacheName: "c",
    webhookName: "w",
    topicName: "t",
  });
  const env = z.parse(
    Operator,
    JSON.parse(await readFile(join(run.dataDir, "operator.json"), "utf8")),
  );
  const job = firstAttempt({ cacheName: "c", webhookName: "w", webhookId: webhook.webhookId });
  await deadLetter(env, JSON.stringify(job));

  const redrive = async (...args: string[]) => {
    const program = startFile("ops/redrive.ts", ["--queue", "delivery", ...args], env);
    expect(await program.exited).toBe(0);
    return program.stdout();
  };
  expect(await redrive("--dry-run")).toBe("1 messages in the dead-letter queue of delivery\n");
  expect(receiver.deliveries).toEqual([]);
  expect(await redrive()).toContain("1 of 1 moved");
  await eventually(() => receiver.find(webhook.path, job.message.messageId));
  expect(await redrive()).toContain("0 messages");
});

async function deadLetter(env: Record<string, string>, body: string): Promise<void> {
  const { accessKeyId, secretAccessKey } = { accessKeyId: "operator", secretAccessKey: "local" };
  const sqs = new SQSClient({
    region: env.AWS_REGION ?? "",
    endpoint: env.AWS_ENDPOINT_URL_SQS ?? "",
    credentials: { accessKeyId, secretAccessKey },
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const grave = QueueUrls.find((url) => url.includes("QueuesDeliveryDeadLetters"));
  await sqs.send(new SendMessageCommand({ QueueUrl: grave, MessageBody: body }));
}
