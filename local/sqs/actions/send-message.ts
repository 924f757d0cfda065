import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { acceptMessage } from "../messages/accept-message.ts";
import { MessageInput } from "../messages/message-input.ts";
import { parsedInput } from "../parsed-input.ts";

const Input = z.extend(MessageInput, { QueueUrl: z.string() });

export async function sendMessage(broker: Broker, call: AwsCall): Promise<object> {
  const message = parsedInput(Input, call.input);
  const queue = broker.queueAt(message.QueueUrl);
  const answer = acceptMessage(broker, queue, message, call.accessKeyId);
  await broker.journal.committed();
  return answer;
}
