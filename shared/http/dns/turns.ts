interface Waiting {
  readonly group: string;
  readonly begin: () => void;
}

/** Lets so many pieces of work of a group be under way at once; the rest wait their turn. */
export class Turns {
  readonly #maxPerGroup: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();

  constructor(maxPerGroup: number) {
    this.#maxPerGroup = maxPerGroup;
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
    if (running < this.#maxPerGroup) {
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
