import { noAnswerWithin } from "./dns-failure.ts";

/** How long somebody waits for a lookup. */
interface Patience {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Work<T> = (signal: AbortSignal, begin: () => void) => Promise<T>;

export interface SharedLookups<T> {
  /**
   * Waits for the work under this key, which begins unless it is under way. Each who waits has a time-out of
   * their own, from when `begin` was called; the work is aborted when nobody waits any more.
   */
  join(key: string, patience: Patience, work: Work<T>): Promise<T>;
}

interface Lookup<T> {
  readonly done: Promise<T>;
  readonly begun: Promise<void>;
  readonly abort: AbortController;
  waiting: number;
}

export function openSharedLookups<T>(): SharedLookups<T> {
  const underWay = new Map<string, Lookup<T>>();

  const start = (key: string, work: Work<T>): Lookup<T> => {
    const abort = new AbortController();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const done = work(abort.signal, begin);
    // When nobody waits any more its failure is nobody's.
    done.catch(() => undefined);
    const lookup = { done, begun, abort, waiting: 0 };
    underWay.set(key, lookup);
    return lookup;
  };

  return {
    async join(key, patience, work) {
      const lookup = underWay.get(key) ?? start(key, work);
      lookup.waiting += 1;
      try {
        return await inTime(lookup, patience);
      } finally {
        lookup.waiting -= 1;
        // Whoever comes next must not join what is about to end.
        if (lookup.waiting === 0) {
          underWay.delete(key);
          lookup.abort.abort();
        }
      }
    },
  };
}

async function inTime<T>(lookup: Lookup<T>, { timeoutMs, signal }: Patience): Promise<T> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let giveUp = () => {};
  let isOver = false;
  const tooLate = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal?.reason);
    signal?.addEventListener("abort", giveUp, { once: true });
    void lookup.begun.then(() => {
      if (!isOver) timer = setTimeout(() => reject(noAnswerWithin(timeoutMs)), timeoutMs);
    });
  });
  try {
    return await Promise.race([lookup.done, tooLate]);
  } finally {
    isOver = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}
