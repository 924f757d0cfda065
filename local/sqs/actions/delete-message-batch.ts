import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { BatchInput, eachEntry } from "./batch.ts";
import { deleteByReceipt } from "./delete-message.ts";

const Entry = z.object({ ReceiptHandle: z.string() });

export async function deleteMessageBatch(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, Entries } = parsedInput(BatchInput, call.input);
  const queue = broker.queueAt(QueueUrl);
  const answer = eachEntry(Entries, Entry, ({ ReceiptHandle }) => {
    deleteByReceipt(broker, queue, ReceiptHandle);
    return {};
  });
  await broker.journal.committed();
  return answer;
}
