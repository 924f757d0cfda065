import { type LookupAddress, lookup } from "node:dns";
import { noAnswerWithin } from "./query-name.ts";

/** How long somebody waits for a lookup. */
interface WaitLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Work<T> = (signal: AbortSignal, begin: () => void) => Promise<T>;

export interface SharedLookups<T> {
  /**
   * Waits for the work under this key, which begins unless it is under way. Each who waits has a time-out of
   * their own, from when `begin` was called; the work is aborted when nobody waits any more.
   */
  join(key: string, limits: WaitLimits, work: Work<T>): Promise<T>;
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
    async join(key, limits, work) {
      const lookup = underWay.get(key) ?? start(key, work);
      lookup.waiting += 1;
      try {
        return await inTime(lookup, limits);
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

async function inTime<T>(lookup: Lookup<T>, { timeoutMs, signal }: WaitLimits): Promise<T> {
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

interface Waiting {
  readonly group: string;
  readonly begin: () => void;
}

/** Lets so many pieces of work of a group be under way at once; the rest wait their turn. */
export class Turns {
  readonly #max: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();

  constructor(maxPerGroup: number) {
    this.#max = maxPerGroup;
  }

  /** Who gives up before it is their turn leaves the line; work that has begun keeps its turn to its end. */
  async run<T>(group: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turnOf(group, signal);
    try {
      return await work();
    } finally {
      this.#leave(group);
    }
  }

  async #turnOf(group: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const running = this.#running.get(group) ?? 0;
    if (running < this.#max) {
      this.#running.set(group, running + 1);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(waiting);
        reject(signal.reason);
      };
      const begin = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const waiting = { group, begin };
      this.#waiting.add(waiting);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the turn to the next of the group. */
  #leave(group: string): void {
    for (const waiting of this.#waiting) {
      if (waiting.group !== group) continue;
      this.#waiting.delete(waiting);
      waiting.begin();
      return;
    }
    const left = (this.#running.get(group) ?? 1) - 1;
    if (left > 0) this.#running.set(group, left);
    else this.#running.delete(group);
  }
}

/** What the operating system knows of a name. */
export type SystemLookup = (hostname: string, signal: AbortSignal) => Promise<LookupAddress[]>;

/**
 * getaddrinfo, which also knows the hosts file, search domains, mDNS and what a VPN has set up. It cannot be
 * cancelled, and libuv lets two threads of its pool be in it at once. So one name is looked up at a time: the other
 * thread is for the endpoints of AWS.
 */
export function openSystemLookup(
  ask: (hostname: string) => Promise<LookupAddress[]> = getAddresses,
): SystemLookup {
  const turns = new Turns(1);
  return (hostname, signal) => turns.run("", signal, () => ask(hostname));
}

function getAddresses(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true, order: "ipv4first" }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}
