import { errorFields, log } from "../runtime/logger.ts";
import type { HandBack } from "../runtime/queue-worker.ts";
import { type Sender, sqsSender } from "./send-batch.ts";

/** Of a queue whose function runs 60 s: six times as long, as AWS advises. */
const maxSeconds = 360;

/** 5 s after the first time, then twice as long each time: a hundred times take nine hours. */
export function secondsUntilBack(receiveCount: number): number {
  return Math.min(maxSeconds, 5 * 2 ** (receiveCount - 1));
}

/** Hands back what came from these queues. */
export function openHandBack(queueUrls: readonly string[], sender: Sender = sqsSender): HandBack {
  const urlOf = new Map(queueUrls.map((url) => [url.slice(url.lastIndexOf("/") + 1), url]));
  return {
    async soon(records) {
      const [first] = records;
      const url = first && urlOf.get(first.queueArn.slice(first.queueArn.lastIndexOf(":") + 1));
      if (url === undefined) return;
      try {
        const hidden = records.map(({ receiptHandle, receiveCount }) => ({
          receiptHandle,
          afterSeconds: secondsUntilBack(receiveCount),
        }));
        await sender.showAgain(url, hidden);
      } catch (error) {
        log("warn", "queue.hand-back-late", errorFields(error));
      }
    },
  };
}
