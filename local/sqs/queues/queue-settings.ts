import * as z from "zod/mini";
import type { AwsError } from "../../aws/aws-error.ts";
import { sqsError } from "../sqs-error.ts";

export const maxMessageBytes = 1_048_576;
export const maxDelaySeconds = 900;
export const maxVisibilitySeconds = 43_200;

const RedrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  // AWS takes the number as a text, too.
  maxReceiveCount: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000)),
});

export interface QueueSettings {
  visibilityTimeoutSeconds: number;
  delaySeconds: number;
  retentionSeconds: number;
  receiveWaitSeconds: number;
  maximumMessageBytes: number;
  redrive: z.infer<typeof RedrivePolicy> | undefined;
}

/** A queue's attributes as they were set; SQS spells every one as a text. */
export type QueueAttributes = Record<string, string>;

const numbers: Record<string, { standard: number; least: number; most: number }> = {
  VisibilityTimeout: { standard: 30, least: 0, most: maxVisibilitySeconds },
  DelaySeconds: { standard: 0, least: 0, most: maxDelaySeconds },
  MessageRetentionPeriod: { standard: 345_600, least: 60, most: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { standard: 0, least: 0, most: 20 },
  MaximumMessageSize: { standard: maxMessageBytes, least: 1024, most: maxMessageBytes },
};

/** Kept and answered, but without any effect here. */
const keptAsTheyAre = new Set([
  "Policy",
  "RedriveAllowPolicy",
  "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds",
  "SqsManagedSseEnabled",
]);

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  for (const name of Object.keys(attributes)) assertKnown(name);
  return {
    visibilityTimeoutSeconds: numberOf(attributes, "VisibilityTimeout"),
    delaySeconds: numberOf(attributes, "DelaySeconds"),
    retentionSeconds: numberOf(attributes, "MessageRetentionPeriod"),
    receiveWaitSeconds: numberOf(attributes, "ReceiveMessageWaitTimeSeconds"),
    maximumMessageBytes: numberOf(attributes, "MaximumMessageSize"),
    redrive: redriveOf(attributes.RedrivePolicy),
  };
}

/** The settings' numbers with their standards, as GetQueueAttributes answers them. */
export function effectiveNumbers(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(
    Object.keys(numbers).map((name) => [name, String(numberOf(attributes, name))]),
  );
}

export function isSettable(name: string): boolean {
  return Object.hasOwn(numbers, name) || name === "RedrivePolicy" || keptAsTheyAre.has(name);
}

function assertKnown(name: string): void {
  if (name.startsWith("Fifo") || name === "ContentBasedDeduplication") {
    throw sqsError("UnsupportedOperation", "This engine serves standard queues only, no FIFO");
  }
  if (isSettable(name)) return;
  throw sqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
}

function numberOf(attributes: QueueAttributes, name: string): number {
  const limits = numbers[name];
  if (!limits) throw new Error(`${name} is no number`);
  const text = attributes[name];
  if (text === undefined || text === "") return limits.standard;
  const value = Number(text);
  if (Number.isInteger(value) && value >= limits.least && value <= limits.most) return value;
  throw invalidValue(name);
}

function redriveOf(policy: string | undefined): QueueSettings["redrive"] {
  if (policy === undefined || policy === "") return undefined;
  try {
    return z.parse(RedrivePolicy, JSON.parse(policy));
  } catch {
    throw invalidValue("RedrivePolicy");
  }
}

function invalidValue(name: string): AwsError {
  return sqsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
}
