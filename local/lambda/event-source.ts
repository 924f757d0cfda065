import { setTimeout as pause } from "node:timers/promises";
import type { EventSource } from "../template/event-sources.ts";
import { succeeded } from "./batch-response.ts";
import { FunctionError } from "./function-error.ts";
import type { Functions } from "./functions.ts";
import type { Log } from "./log-lines.ts";
import type { Message, QueueClient } from "./queue-client.ts";
import { sqsEvent } from "./sqs-event.ts";

export interface PollerOptions {
  source: EventSource;
  queue: QueueClient;
  functions: Pick<Functions, "invoke" | "ready">;
  log: Log;
}

const longPollSeconds = 20;
const pauseAfterErrorMs = 1000;

/** Moves messages from a queue to a function for as long as the local run lasts. */
export interface Poller {
  start(): void;
  /** Takes nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

export function createPoller({ source, queue, functions, log }: PollerOptions): Poller {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<Promise<void>>();
  let polling: Promise<void> = Promise.resolve();

  const poll = async () => {
    while (!signal.aborted) {
      // A message that nobody could take now would count a receive for nothing.
      if (running.size >= source.maximumConcurrency) {
        await Promise.race(running);
        continue;
      }
      // While one batch waits for an environment, the next one fills up in the queue.
      await functions.ready(source.functionName);
      try {
        const messages = await gather();
        if (messages.length > 0) hand(messages);
      } catch (error) {
        if (signal.aborted) return;
        log(`${source.logicalId}: ${error instanceof Error ? error.message : error}`);
        await pause(pauseAfterErrorMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  /** A batch: what is there, or what comes until the batching window after the first message ends. */
  const gather = async (): Promise<Message[]> => {
    const messages = await queue.receive(source.batchSize, longPollSeconds, signal);
    const windowEndMs = performance.now() + source.batchingWindowSeconds * 1000;
    while (messages.length > 0 && messages.length < source.batchSize) {
      const leftSeconds = Math.ceil((windowEndMs - performance.now()) / 1000);
      if (leftSeconds <= 0) break;
      const room = source.batchSize - messages.length;
      messages.push(...(await queue.receive(room, leftSeconds, signal)));
    }
    return messages;
  };

  const hand = (messages: Message[]) => {
    const handling = run(messages).finally(() => running.delete(handling));
    running.add(handling);
  };

  /** What fails is left alone: its visibility time-out brings it back. */
  const run = async (messages: Message[]) => {
    try {
      const event = sqsEvent(messages, source.queueArn);
      const answer = await functions.invoke(source.functionName, event);
      const done = source.reportsItemFailures ? succeeded(messages, answer) : messages;
      if (done.length > 0) await queue.delete(done);
    } catch (error) {
      const reason = error instanceof FunctionError ? JSON.stringify(error.failure) : String(error);
      log(`[${source.functionName}] failed on ${messages.length} messages: ${reason}`);
    }
  };

  return {
    start() {
      polling = poll();
    },
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(running);
    },
  };
}
