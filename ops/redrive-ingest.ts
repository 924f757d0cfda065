import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { ingestAttributes } from "../shared/contract/ingest.ts";
import { printable } from "../shared/contract/values/printable.ts";
import { sealIdentity } from "../shared/domain/messages/ingest-identity.ts";

/** An ingest queue and its dead letters. */
interface Work {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLettersUrl: string;
  readonly sealKey: () => Promise<Uint8Array>;
}

/** The ingest queues that the outputs of a stack name: `ingest`, or `ingest Orders` and so on. */
export function ingestQueues(outputs: Readonly<NodeJS.ProcessEnv>): [string, string][] {
  return Object.entries(outputs).flatMap(([output, url]): [string, string][] => {
    const found = /^IngestQueue([A-Z][A-Za-z0-9]*)?$/.exec(output);
    return found && url ? [[["ingest", found[1]].filter(Boolean).join(" "), url]] : [];
  });
}

/** Long enough to send a batch on. */
const hiddenSeconds = 60;

/**
 * Sends the dead letters of a queue back to it, and returns how many. Those that came while it was at it stay: what is
 * still refused would go round and round. Cut off anywhere, a body is in both queues at worst, under one identity.
 */
export async function sendBack(work: Work): Promise<number> {
  const startMs = Date.now();
  for (let moved = 0; ; ) {
    const messages = await receive(work, hiddenSeconds);
    const old = messages.filter(({ Attributes }) => Number(Attributes?.SentTimestamp) < startMs);
    for (const message of old) await sendOne(message, work);
    for (const message of messages) if (!old.includes(message)) await show(message, work);
    moved += old.length;
    if (old.length === 0) return moved;
  }
}

/** Why bodies are there, of up to ten of them; they stay as they are. */
export async function reasonsIn(work: Work): Promise<string[]> {
  const messages = await receive(work, 0);
  return messages.map(({ MessageId, MessageAttributes }) => {
    const reason = MessageAttributes?.[ingestAttributes.reason]?.StringValue;
    return `${MessageId}  ${printable(reason ?? "received as often as its queue allows")}`;
  });
}

async function receive({ sqs, deadLettersUrl }: Work, VisibilityTimeout: number) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLettersUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout,
      // A short poll may miss messages that are there.
      WaitTimeSeconds: 1,
      MessageAttributeNames: Object.values(ingestAttributes),
      MessageSystemAttributeNames: ["SentTimestamp"],
    }),
  );
  return Messages;
}

async function sendOne(message: Message, { sqs, queueUrl, deadLettersUrl, ...work }: Work) {
  const identity = await identityOf(message, work);
  const command = new SendMessageCommand({
    QueueUrl: queueUrl,
    MessageBody: message.Body,
    MessageAttributes: {
      [ingestAttributes.identity]: { DataType: "String", StringValue: identity },
    },
  });
  await sqs.send(command);
  const { ReceiptHandle } = message;
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle }));
}

/** What SQS moved by itself has the id and the time with which it was sent, and nobody has sealed them. */
async function identityOf(
  { MessageId = "", Attributes, MessageAttributes }: Message,
  { queueArn, sealKey }: Pick<Work, "queueArn" | "sealKey">,
): Promise<string> {
  const sealed = MessageAttributes?.[ingestAttributes.identity]?.StringValue;
  if (sealed !== undefined) return sealed;
  const sentTimeMs = Number(Attributes?.SentTimestamp);
  return sealIdentity({ queueArn, sqsMessageId: MessageId, sentTimeMs }, await sealKey());
}

async function show({ ReceiptHandle }: Message, { sqs, deadLettersUrl }: Work): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: deadLettersUrl,
      ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
}
