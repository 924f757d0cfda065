import * as z from "zod/mini";
import type { Broker } from "../broker.ts";
import { sqsError } from "../sqs-error.ts";
import { defineQueue } from "./define-queue.ts";

const QueueProperties = z.catchall(z.object({ QueueName: z.string() }), z.unknown());

/** Properties of the template's resource that are no attributes of the queue. */
const beside = new Set(["QueueName", "Tags"]);

/** Brings a queue to the state of an AWS::SQS::Queue resource; its messages stay. */
export async function provideQueue(broker: Broker, properties: unknown): Promise<void> {
  const { QueueName, ...rest } = z.parse(QueueProperties, properties);
  if (rest.FifoQueue) throw sqsError("UnsupportedOperation", `${QueueName}: no FIFO queues here`);
  const attributes = Object.entries(rest)
    .filter(([name]) => !beside.has(name))
    .map(([name, value]) => [name, textOf(value)]);
  defineQueue(broker, QueueName, Object.fromEntries(attributes));
  await broker.journal.committed();
}

/** Templates hold numbers and objects where the API has texts. */
function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
