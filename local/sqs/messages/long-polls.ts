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
export interface LongPolls {
  wait<T>(queue: Queue, take: () => T[], waitMs: number): Waiting<T>;
  /** Hands ready messages to whoever waits for them. */
  serve(queue: Queue): void;
  /** Sends those who wait at a queue away with nothing. */
  end(queue: Queue): void;
  endAll(): void;
}

export function createLongPolls(now: () => number): LongPolls {
  const pollsOf = new Map<Queue, Set<Poll>>();
  const wakeUps = new Map<Queue, NodeJS.Timeout>();

  const wait = <T>(queue: Queue, take: () => T[], waitMs: number): Waiting<T> => {
    const { promise, resolve } = Promise.withResolvers<T[]>();
    const polls = pollsOf.get(queue) ?? new Set();
    pollsOf.set(queue, polls);
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
    setWakeUp(queue);
    return { taken: promise, cancel: poll.end };
  };

  const serve = (queue: Queue) => {
    for (const poll of pollsOf.get(queue) ?? []) {
      if (!poll.serve()) break;
    }
    setWakeUp(queue);
  };

  const end = (queue: Queue) => {
    for (const poll of pollsOf.get(queue) ?? []) poll.end();
    pollsOf.delete(queue);
    setWakeUp(queue);
  };

  const endAll = () => {
    for (const queue of pollsOf.keys()) end(queue);
  };

  /** Waiting receivers are served the moment a delay or a visibility time-out ends. */
  const setWakeUp = (queue: Queue) => {
    clearTimeout(wakeUps.get(queue));
    wakeUps.delete(queue);
    const atMs = queue.nextWakeMs();
    if (atMs === undefined || !pollsOf.get(queue)?.size) return;
    wakeUps.set(
      queue,
      setTimeout(() => serve(queue), Math.max(1, atMs - now())),
    );
  };

  return { wait, serve, end, endAll };
}
