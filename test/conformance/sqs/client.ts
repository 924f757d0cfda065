import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { beforeAll } from "vitest";
import { type Sqs, startSqs } from "../../../local/sqs/start.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { clientConfig } from "../credentials.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";
import { TestClock } from "./test-clock.ts";

interface SqsUnderTest {
  client: SQSClient;
  /** Absent when the suite runs against another emulator. */
  embedded: { engine: Sqs; clock: TestClock } | undefined;
  close: () => Promise<void>;
}

/** One for all tests of a file, there while they run. */
export function useSqs(): Omit<SqsUnderTest, "close"> {
  let sqs: SqsUnderTest;
  beforeAll(async () => {
    sqs = await openSqs();
    return sqs.close;
  });
  return {
    get client() {
      return sqs.client;
    },
    get embedded() {
      return sqs.embedded;
    },
  };
}

/** The embedded engine on a file of its own, or the one that CONFORMANCE_SQS_URL names. */
async function openSqs(): Promise<SqsUnderTest> {
  const url = process.env.CONFORMANCE_SQS_URL;
  if (url) {
    const client = new SQSClient(clientConfig(url));
    return { client, embedded: undefined, close: async () => client.destroy() };
  }
  const folder = await makeTemporaryFolder();
  const clock = new TestClock();
  const engine = await startSqs({
    path: join(folder.path, "sqs.sqlite"),
    ...openToAll,
    now: clock.now,
  });
  const client = new SQSClient(clientConfig(engine.url));
  const close = async () => {
    client.destroy();
    await engine.close();
    await folder.remove();
  };
  return { client, embedded: { engine, clock }, close };
}

/** A fresh queue; answers its URL. */
export async function createQueue(
  client: SQSClient,
  Attributes: Record<string, string> = {},
): Promise<string> {
  const QueueName = `conformance-${randomUUID()}`;
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (!QueueUrl) throw new Error("no QueueUrl");
  return QueueUrl;
}

export function queueArn(queueUrl: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${queueUrl.slice(queueUrl.lastIndexOf("/") + 1)}`;
}

export async function send(
  client: SQSClient,
  QueueUrl: string,
  MessageBody: string,
  options: Partial<SendMessageCommandInput> = {},
) {
  return client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...options }));
}

/** What one receive brings, with all attributes. */
export async function receive(
  client: SQSClient,
  QueueUrl: string,
  options: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
      ...options,
    }),
  );
  return Messages;
}

export async function receiveOne(
  client: SQSClient,
  QueueUrl: string,
  options: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message> {
  const [message] = await receive(client, QueueUrl, { WaitTimeSeconds: 10, ...options });
  if (!message) throw new Error("no message came");
  return message;
}
