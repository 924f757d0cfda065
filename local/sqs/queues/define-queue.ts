import { queueArn } from "../../aws/arn.ts";
import type { Broker } from "../broker.ts";
import { invalidParameter } from "../sqs-error.ts";
import { createQueue, type Queue, type QueueDefinition } from "./queue.ts";
import { type QueueAttributes, settingsOf } from "./queue-settings.ts";

/** Makes a queue, or gives the one there is other attributes; its messages stay. */
export function defineQueue(broker: Broker, name: string, attributes: QueueAttributes): Queue {
  const known = broker.queues.get(name);
  const nowMs = broker.now();
  const definition: QueueDefinition = {
    name,
    attributes,
    settings: settingsOf(attributes),
    createdMs: known?.definition.createdMs ?? nowMs,
    modifiedMs: nowMs,
  };
  broker.definitions.put(definition);
  if (known) {
    known.definition = definition;
    broker.notifyWaiting(known);
    return known;
  }
  const queue = createQueue(definition);
  broker.queues.set(name, queue);
  return queue;
}

export function assertDeadLetterQueue(broker: Broker, attributes: QueueAttributes): void {
  const { redrive } = settingsOf(attributes);
  if (!redrive || broker.queueOf(redrive.deadLetterTargetArn)) return;
  throw invalidParameter(
    `Value ${attributes.RedrivePolicy} for parameter RedrivePolicy is invalid. ` +
      "Reason: Dead letter target does not exist.",
  );
}

/** The queues whose dead letters go to this one. */
export function sourcesOf(broker: Broker, deadLetterQueue: Queue): Queue[] {
  const arn = queueArn(deadLetterQueue.name);
  return [...broker.queues.values()].filter(
    ({ settings }) => settings.redrive?.deadLetterTargetArn === arn,
  );
}
