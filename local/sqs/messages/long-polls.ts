import type { Queue } from "../queues/queue.ts";

interface Poll {
  /** Hands over what there is; false: nothing, keep waiting. */
  serve: () => boolean;
  end: () => void;
}

export interface Waiting<T> {
  taken: Promise<T[]>;
  /** Ends the wait with nothing. */
  cancel: () => void;
}

/** The receivers that wait for messages, first come, first served. */
export class LongPolls {
  readonly #now: () => number;
  readonly #polls = new Map<Queue, Set<Poll>>();
  readonly #wakeUps = new Map<Queue, NodeJS.Timeout>();

  constructor(now: () => number) {
    this.#now = now;
  }

  wait<T>(queue: Queue, take: () => T[], waitMs: number): Waiting<T> {
    const { promise, resolve } = Promise.withResolvers<T[]>();
    const polls = this.#polls.get(queue) ?? new Set();
    this.#polls.set(queue, polls);
    const finish = (taken: T[]) => {
      clearTimeout(timeout);
      polls.delete(poll);
      resolve(taken);
    };
    const poll: Poll = {
      serve: () => {
        const taken = take();
        if (taken.length > 0) finish(taken);
        return taken.length > 0;
      },
      end: () => finish([]),
    };
    const timeout = setTimeout(poll.end, waitMs);
    polls.add(poll);
    this.#setWakeUp(queue);
    return { taken: promise, cancel: poll.end };
  }

  /** Hands ready messages to whoever waits for them. */
  serve(queue: Queue): void {
    for (const poll of this.#polls.get(queue) ?? []) {
      if (!poll.serve()) break;
    }
    this.#setWakeUp(queue);
  }

  /** Sends those who wait at a queue away with nothing. */
  end(queue: Queue): void {
    for (const poll of this.#polls.get(queue) ?? []) poll.end();
    this.#polls.delete(queue);
    this.#setWakeUp(queue);
  }

  endAll(): void {
    for (const queue of this.#polls.keys()) this.end(queue);
  }

  /** Waiting receivers are served the moment a delay or a visibility time-out ends. */
  #setWakeUp(queue: Queue): void {
    clearTimeout(this.#wakeUps.get(queue));
    this.#wakeUps.delete(queue);
    const atMs = queue.nextWakeMs();
    if (atMs === undefined || !this.#polls.get(queue)?.size) return;
    const wakeUp = setTimeout(() => this.serve(queue), Math.max(1, atMs - this.#now()));
    this.#wakeUps.set(queue, wakeUp);
  }
}
