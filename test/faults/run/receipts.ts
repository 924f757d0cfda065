import {
  ChangeMessageVisibilityBatchCommand,
  type ChangeMessageVisibilityBatchRequestEntry,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { Intercept } from "./aws-proxy.ts";

/** What functions have been handed out of queues, each message under its receipt. */
export interface Receipts {
  /** Passes calls on and remembers what comes of them. */
  noting(intercept: Intercept): Intercept;
  /** Lets the time pass for which other receivers do not see what the function has received. */
  showAgain(functionId: string): Promise<void>;
}

interface Receipt {
  functionId: string;
  queueUrl: string;
  handle: string;
}

const Received = z.object({
  Messages: z._default(z.array(z.object({ ReceiptHandle: z.string() })), []),
});
const maxEntries = 10;

export function openReceipts(): Receipts {
  let receipts: Receipt[] = [];
  return {
    noting: (intercept) => async (call, forward) => {
      const answer = await intercept(call, forward);
      if (call.action === "ReceiveMessage" && answer.status === 200) {
        const { Messages } = Received.parse(JSON.parse(answer.body));
        const queueUrl = String(call.input.QueueUrl);
        const to = { functionId: call.caller, queueUrl };
        receipts.push(...Messages.map(({ ReceiptHandle }) => ({ ...to, handle: ReceiptHandle })));
      }
      return answer;
    },
    async showAgain(functionId) {
      const sqs = new SQSClient(); // of the endpoint and the rights that the environment names
      const theirs = receipts.filter((receipt) => receipt.functionId === functionId);
      receipts = receipts.filter((receipt) => receipt.functionId !== functionId);
      for (const [QueueUrl, ofQueue] of Map.groupBy(theirs, ({ queueUrl }) => queueUrl)) {
        for (let start = 0; start < ofQueue.length; start += maxEntries) {
          const Entries = ofQueue.slice(start, start + maxEntries).map(entryOf);
          // What has been deleted meanwhile fails alone.
          await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
        }
      }
      sqs.destroy();
    },
  };
}

function entryOf({ handle }: Receipt, index: number): ChangeMessageVisibilityBatchRequestEntry {
  return { Id: String(index), ReceiptHandle: handle, VisibilityTimeout: 0 };
}
