import type { DatabaseSync } from "node:sqlite";
import { queueArn } from "../aws/arn.ts";
import { createJournal, type Journal } from "./journal.ts";
import { createLongPolls, type LongPolls } from "./messages/long-polls.ts";
import { createMessageStore, type MessageStore } from "./messages/message-store.ts";
import { createMoveTaskStore, type MoveTaskStore } from "./queues/move-task-store.ts";
import { createQueue, type Queue } from "./queues/queue.ts";
import { createQueueStore, type QueueStore } from "./queues/queue-store.ts";
import { nextEpoch } from "./schema.ts";
import { queueDoesNotExist } from "./sqs-error.ts";

const idsPerStart = 2 ** 32;

/** All queues, in memory and on disk; the actions work on it. */
export interface Broker {
  readonly now: () => number;
  readonly journal: Journal;
  readonly messages: MessageStore;
  readonly definitions: QueueStore;
  readonly moveTasks: MoveTaskStore;
  readonly polls: LongPolls;
  readonly queues: Map<string, Queue>;
  /** Where the queues are served, known once the server listens. */
  url: string;
  /** Builds the queues in memory from what is on disk. */
  load(): void;
  nextId(): number;
  /** By its URL; host and port are not compared, for they change from start to start. */
  queueAt(url: string): Queue;
  queueOf(arn: string): Queue | undefined;
  /** Says that a queue may have something for those who wait; they are served before the turn's commit. */
  notifyWaiting(queue: Queue): void;
  /** Sets something going beside the calls, which ends by itself or when the engine closes. */
  runBeside(work: (closing: AbortSignal) => Promise<void>): void;
  /** Ends what goes on beside the calls, with everything committed. */
  close(): Promise<void>;
}

export function createBroker(database: DatabaseSync, now: () => number): Broker {
  const queues = new Map<string, Queue>();
  const polls = createLongPolls(now);
  const toServe = new Set<Queue>();
  const closing = new AbortController();
  const running = new Set<Promise<void>>();

  const load = () => {
    polls.endAll();
    toServe.clear();
    queues.clear();
    for (const definition of definitions.list()) {
      queues.set(definition.name, createQueue(definition));
    }
    for (const { queueName, entry } of messages.places(now())) queues.get(queueName)?.add(entry);
  };

  const beforeCommit = () => {
    // Serving one may give another work: a message may go on to its dead-letter queue.
    for (const queue of toServe) {
      toServe.delete(queue);
      polls.serve(queue);
    }
  };

  const journal = createJournal(database, { beforeCommit, afterFailure: load });
  const messages = createMessageStore(database, journal);
  const definitions = createQueueStore(database, journal);
  const moveTasks = createMoveTaskStore(database, journal);
  let lastId = nextEpoch(database) * idsPerStart;

  return {
    ...{ now, journal, messages, definitions, moveTasks, polls, queues, load },
    url: "",
    nextId() {
      lastId += 1;
      return lastId;
    },
    queueAt(url) {
      const queue = queues.get(url.slice(url.lastIndexOf("/") + 1));
      if (queue) return queue;
      throw queueDoesNotExist();
    },
    queueOf(arn) {
      const queue = queues.get(arn.slice(arn.lastIndexOf(":") + 1));
      return queue && queueArn(queue.name) === arn ? queue : undefined;
    },
    notifyWaiting: (queue) => void toServe.add(queue),
    runBeside(work) {
      const started = work(closing.signal)
        .catch((error: unknown) => console.error("embedded sqs:", error))
        .finally(() => running.delete(started));
      running.add(started);
    },
    async close() {
      closing.abort();
      polls.endAll();
      await Promise.all(running);
      // Whoever wrote what could not be committed was told so.
      await journal.committed().catch(() => undefined);
    },
  };
}
