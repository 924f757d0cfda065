import { AwsError } from "../../aws/aws-error.ts";
import type { Broker } from "../broker.ts";
import { queueDoesNotExist } from "../sqs-error.ts";
import { acceptMessage } from "./accept-message.ts";
import type { MessageAttributes } from "./message-attributes.ts";

/** What a bus or a topic sends to a queue. */
export interface ServiceMessage {
  /** Who sends it. */
  senderId: string;
  queueArn: string;
  body: string;
  attributes: MessageAttributes;
  /** Where it goes if the queue refuses it, with attributes that are texts. */
  deadLetter: { queueArn: string; body: string; attributes: Record<string, string> } | undefined;
}

export type SendFromService = (message: ServiceMessage) => Promise<void>;

/** Resolves once the message is on disk. What neither queue takes is lost and said so, as nobody could be told. */
export async function sendFromService(broker: Broker, message: ServiceMessage): Promise<void> {
  const { senderId, queueArn, deadLetter } = message;
  try {
    accept(broker, message);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    console.error(`embedded sqs: ${queueArn} refused what ${senderId} sent: ${error.code}`);
    if (deadLetter) {
      const facts = { ...deadLetter.attributes, ERROR_CODE: error.code };
      accept(broker, { senderId, ...deadLetter, attributes: asAttributes(facts) });
    }
  }
  await broker.journal.committed();
}

function accept(
  broker: Broker,
  { senderId, queueArn, body, attributes }: Omit<ServiceMessage, "deadLetter">,
): void {
  const queue = broker.queueOf(queueArn);
  if (!queue) throw queueDoesNotExist();
  const input = { MessageBody: body, MessageAttributes: attributes, MessageSystemAttributes: {} };
  acceptMessage(broker, queue, input, senderId);
}

function asAttributes(texts: Record<string, string>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}
