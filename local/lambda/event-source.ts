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
export class Poller {
  readonly #options: PollerOptions;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #polling: Promise<void> = Promise.resolve();

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#polling = this.#poll();
  }

  /** Takes nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    const { source, functions, log } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // A message that nobody could take now would count a receive for nothing.
      if (this.#running.size >= source.maximumConcurrency) {
        await Promise.race(this.#running);
        continue;
      }
      // While one batch waits for an environment, the next one fills up in the queue.
      await functions.ready(source.functionName);
      try {
        const messages = await this.#gather(signal);
        if (messages.length > 0) this.#hand(messages);
      } catch (error) {
        if (signal.aborted) return;
        log(`${source.logicalId}: ${error instanceof Error ? error.message : error}`);
        await pause(pauseAfterErrorMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** A batch: what is there, or what comes until the batching window after the first message ends. */
  async #gather(signal: AbortSignal): Promise<Message[]> {
    const { source, queue } = this.#options;
    const messages = await queue.receive(source.batchSize, longPollSeconds, signal);
    const windowEndMs = performance.now() + source.batchingWindowSeconds * 1000;
    while (messages.length > 0 && messages.length < source.batchSize) {
      const leftSeconds = Math.ceil((windowEndMs - performance.now()) / 1000);
      if (leftSeconds <= 0) break;
      const room = source.batchSize - messages.length;
      messages.push(...(await queue.receive(room, leftSeconds, signal)));
    }
    return messages;
  }

  #hand(messages: Message[]): void {
    const running = this.#run(messages).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** What fails is left alone: its visibility time-out brings it back. */
  async #run(messages: Message[]): Promise<void> {
    const { source, queue, functions, log } = this.#options;
    try {
      const answer = await functions.invoke(
        source.functionName,
        sqsEvent(messages, source.queueArn),
      );
      const done = source.reportsItemFailures ? succeeded(messages, answer) : messages;
      if (done.length > 0) await queue.delete(done);
    } catch (error) {
      const reason = error instanceof FunctionError ? JSON.stringify(error.failure) : String(error);
      log(`[${source.functionName}] failed on ${messages.length} messages: ${reason}`);
    }
  }
}
