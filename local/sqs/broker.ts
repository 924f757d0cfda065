import type { DatabaseSync } from "node:sqlite";
import { queueArn } from "../aws/arn.ts";
import { Journal } from "./journal.ts";
import { createLongPolls, type LongPolls } from "./messages/long-polls.ts";
import { MessageStore } from "./messages/message-store.ts";
import { createMoveTaskStore, type MoveTaskStore } from "./queues/move-task-store.ts";
import { Queue } from "./queues/queue.ts";
import { createQueueStore, type QueueStore } from "./queues/queue-store.ts";
import { nextEpoch } from "./schema.ts";
import { queueDoesNotExist } from "./sqs-error.ts";

const idsPerStart = 2 ** 32;

/** All queues, in memory and on disk; the actions work on it. */
export class Broker {
  readonly now: () => number;
  readonly journal: Journal;
  readonly messages: MessageStore;
  readonly definitions: QueueStore;
  readonly moveTasks: MoveTaskStore;
  readonly polls: LongPolls;
  readonly queues = new Map<string, Queue>();
  /** Where the queues are served, known once the server listens. */
  url = "";
  readonly #toServe = new Set<Queue>();
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #lastId: number;

  constructor(database: DatabaseSync, now: () => number) {
    this.now = now;
    this.journal = new Journal(database, {
      beforeCommit: () => this.#serveStirred(),
      afterFailure: () => this.load(),
    });
    this.messages = new MessageStore(database, this.journal);
    this.definitions = createQueueStore(database, this.journal);
    this.moveTasks = createMoveTaskStore(database, this.journal);
    this.polls = createLongPolls(now);
    this.#lastId = nextEpoch(database) * idsPerStart;
  }

  /** Builds the queues in memory from what is on disk. */
  load(): void {
    this.polls.endAll();
    this.#toServe.clear();
    this.queues.clear();
    for (const definition of this.definitions.list()) {
      this.queues.set(definition.name, new Queue(definition));
    }
    for (const { queueName, entry } of this.messages.places(this.now())) {
      this.queues.get(queueName)?.add(entry);
    }
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** By its URL; host and port are not compared, for they change from start to start. */
  queueAt(url: string): Queue {
    const queue = this.queues.get(url.slice(url.lastIndexOf("/") + 1));
    if (queue) return queue;
    throw queueDoesNotExist();
  }

  queueOf(arn: string): Queue | undefined {
    const queue = this.queues.get(arn.slice(arn.lastIndexOf(":") + 1));
    return queue && queueArn(queue.name) === arn ? queue : undefined;
  }

  /** Says that a queue may have something for those who wait; they are served before the turn's commit. */
  notifyWaiting(queue: Queue): void {
    this.#toServe.add(queue);
  }

  /** Sets something going beside the calls, which ends by itself or when the engine closes. */
  runBeside(work: (closing: AbortSignal) => Promise<void>): void {
    const running = work(this.#closing.signal)
      .catch((error: unknown) => console.error("embedded sqs:", error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Ends what goes on beside the calls, with everything committed. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.polls.endAll();
    await Promise.all(this.#running);
    // Whoever wrote what could not be committed was told so.
    await this.journal.committed().catch(() => undefined);
  }

  #serveStirred(): void {
    // Serving one may give another work: a message may go on to its dead-letter queue.
    for (const queue of this.#toServe) {
      this.#toServe.delete(queue);
      this.polls.serve(queue);
    }
  }
}
