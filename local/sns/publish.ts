import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { AwsError } from "../aws/aws-error.ts";

const maxBytes = 262_144;
const maxEntries = 10;

/** As a form has them: a list of names with values. */
const Attributes = z.array(
  z.object({
    Name: z.string(),
    Value: z.object({
      DataType: z.string(),
      StringValue: z.optional(z.string()),
      BinaryValue: z.optional(z.string()),
    }),
  }),
);

const Message = z.object({
  Message: z.string().check(z.minLength(1)),
  Subject: z.optional(z.string()),
  MessageAttributes: z._default(Attributes, []),
  // Queues here need neither order nor a text of their own for each protocol.
  MessageStructure: z.optional(z.undefined({ error: "MessageStructure does not run here" })),
  MessageDeduplicationId: z.optional(z.undefined({ error: "FIFO topics do not run here" })),
});
type Message = z.infer<typeof Message>;

const Single = z.extend(Message, {
  TopicArn: z.optional(z.string()),
  TargetArn: z.optional(z.string()),
});
const Batch = z.object({
  TopicArn: z.string(),
  PublishBatchRequestEntries: z.pipe(
    z.union([z.literal(""), z.array(z.looseObject({ Id: z.string() }))]),
    // A form has no other word for an empty list.
    z.transform((entries) => (entries === "" ? [] : entries)),
  ),
});

/** What is sent to each subscription. */
export interface Notification {
  body: string;
  attributes: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
}

/** Sends to all queues of a topic; refuses a topic that does not exist. */
export type Notify = (topicArn: string, notification: Notification) => Promise<void>;

export function topicOf(action: string, input: unknown): string {
  if (action === "PublishBatch") return parsed(Batch, input).TopicArn;
  if (action !== "Publish") throw new AwsError("InvalidAction", `${action} is not supported`);
  const { TopicArn, TargetArn } = parsed(Single, input);
  const topic = TopicArn ?? TargetArn;
  if (topic !== undefined) return topic;
  throw invalid("TopicArn or TargetArn Reason: no value for required parameter");
}

export async function publish(input: unknown, notify: Notify): Promise<object> {
  const message = parsed(Single, input);
  if (bytesOf(message) > maxBytes) throw invalid("Message too long");
  await notify(topicOf("Publish", input), notificationOf(message));
  return { MessageId: randomUUID() };
}

/** Each entry stands for itself, as long as all of them fit into one call. */
export async function publishBatch(input: unknown, notify: Notify): Promise<object> {
  const { TopicArn, PublishBatchRequestEntries: entries } = parsed(Batch, input);
  assertEntries(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    const message = Message.safeParse(entry);
    if (!message.success) {
      const text = z.prettifyError(message.error);
      Failed.push({ Id, Code: "InvalidParameter", Message: text, SenderFault: true });
      continue;
    }
    await notify(TopicArn, notificationOf(message.data));
    Successful.push({ Id, MessageId: randomUUID() });
  }
  return { Successful, Failed };
}

function assertEntries(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) throw new AwsError("EmptyBatchRequest", "The batch is empty");
  if (entries.length > maxEntries) {
    throw new AwsError("TooManyEntriesInBatchRequest", `A batch has at most ${maxEntries} entries`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError("BatchEntryIdsNotDistinct", "Two or more entries have the same Id");
  }
  let bytes = 0;
  for (const entry of entries) {
    const message = Message.safeParse(entry);
    if (message.success) bytes += bytesOf(message.data);
  }
  if (bytes > maxBytes) throw new AwsError("BatchRequestTooLong", "The batch is too long");
}

function notificationOf({ Message, MessageAttributes }: Message): Notification {
  const attributes = MessageAttributes.map(({ Name, Value }) => {
    const { DataType, StringValue, BinaryValue } = Value;
    const value = {
      DataType,
      ...(StringValue !== undefined && { StringValue }),
      ...(BinaryValue !== undefined && { BinaryValue }),
    };
    return [Name, value] as const;
  });
  return { body: Message, attributes: Object.fromEntries(attributes) };
}

function bytesOf({ Message, MessageAttributes }: Message): number {
  const texts = MessageAttributes.flatMap(({ Name, Value }) => [
    Name,
    Value.DataType,
    Value.StringValue ?? "",
  ]);
  const binaries = MessageAttributes.map(({ Value }) =>
    Buffer.from(Value.BinaryValue ?? "", "base64"),
  );
  return [Message, ...texts, ...binaries].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

function parsed<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(z.prettifyError(result.error));
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${message}`);
}
