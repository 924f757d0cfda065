import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { BatchInput, eachEntry } from "./batch.ts";
import { changeVisibility, VisibilityChange } from "./change-message-visibility.ts";

export async function changeMessageVisibilityBatch(broker: Broker, call: AwsCall): Promise<object> {
  const { QueueUrl, Entries } = parsedInput(BatchInput, call.input);
  const queue = broker.queueAt(QueueUrl);
  const answer = eachEntry(Entries, VisibilityChange, (change) => {
    changeVisibility(broker, queue, change);
    return {};
  });
  await broker.journal.committed();
  return answer;
}
