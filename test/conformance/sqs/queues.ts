import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { VirtualClock } from "../../../ops/simulate/clock.ts";
import { MemoryQueue } from "../../../ops/simulate/memory/memory-queue.ts";
import type { QueueMessage } from "../../../shared/queue/send-batch.ts";
import { createQueue, queueArn, type useSqs } from "./client.ts";

export interface Received {
  readonly body: string;
  readonly receiveCount: number;
  /** Deletes the message. */
  done(): Promise<void>;
  /** Hides the message from others for so long from now on. */
  hide(seconds: number): Promise<void>;
}

/** A queue that hides what was received for a minute, and gives it up when it was received three times. */
export interface QueueUnderTest {
  send(...messages: QueueMessage[]): Promise<void>;
  receive(limit: number): Promise<Received[]>;
  /** Lets so much time pass. */
  advance(seconds: number): Promise<void>;
  /** The bodies that were given up. */
  dead(): Promise<string[]>;
}

const visibilitySeconds = 60;
const maxReceiveCount = 3;

export async function memoryQueue(): Promise<QueueUnderTest> {
  const clock = new VirtualClock(0);
  const dead: string[] = [];
  const queue = new MemoryQueue(clock, {
    visibilityMs: visibilitySeconds * 1000,
    maxReceiveCount,
    onDead: (body) => dead.push(body),
  });
  return {
    async send(...messages) {
      for (const message of messages) queue.send(message);
    },
    receive: async (limit) =>
      queue.receive(limit).map((receipt) => ({
        body: receipt.record.body,
        receiveCount: receipt.record.receiveCount,
        done: async () => queue.delete(receipt),
        hide: async (seconds: number) => queue.hide(receipt.handle, seconds),
      })),
    async advance(seconds) {
      const untilMs = clock.now() + seconds * 1000;
      clock.after(seconds * 1000, () => {});
      await clock.run(untilMs, () => false);
    },
    dead: async () => dead,
  };
}

/** One of the embedded engine, whose clock can be put forward. */
export async function sqsQueue({ client, embedded }: ReturnType<typeof useSqs>) {
  const deadLetters = await createQueue(client);
  const QueueUrl = await createQueue(client, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount }),
  });
  const receiveFrom = async (url: string, MaxNumberOfMessages: number) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    return Messages;
  };
  const queue: QueueUnderTest = {
    async send(...messages) {
      const Entries = messages.map(({ body, group, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: group,
        DelaySeconds: delaySeconds,
      }));
      await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    },
    receive: async (limit) =>
      (await receiveFrom(QueueUrl, limit)).map(({ Body = "", Attributes, ReceiptHandle }) => ({
        body: Body,
        receiveCount: Number(Attributes?.ApproximateReceiveCount),
        async done() {
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        },
        async hide(VisibilityTimeout: number) {
          const input = { QueueUrl, ReceiptHandle, VisibilityTimeout };
          await client.send(new ChangeMessageVisibilityCommand(input));
        },
      })),
    advance: async (seconds) => embedded?.clock.advanceSeconds(seconds),
    dead: async () => (await receiveFrom(deadLetters, 10)).map(({ Body = "" }) => Body),
  };
  return queue;
}
