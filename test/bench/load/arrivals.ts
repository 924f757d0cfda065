import * as z from "zod/mini";

/** A POST that has come: whose, and when on the machine's clock. */
export const Arrival = z.object({ messageId: z.string(), atMs: z.number() });
export type Arrival = z.infer<typeof Arrival>;

interface Wait extends PromiseWithResolvers<Arrival[]> {
  readonly count: number;
}

const timeoutMs = 180_000;

/** Notes what comes, and hands it out as soon as so many are there as somebody waits for. */
export class Arrivals {
  #arrived: Arrival[] = [];
  #wait: Wait | undefined;

  add(arrival: Arrival): void {
    this.#arrived.push(arrival);
    this.#handOut();
  }

  /** What has come since the last time, and is at least so many. */
  async take(count: number): Promise<Arrival[]> {
    const wait = { ...Promise.withResolvers<Arrival[]>(), count };
    this.#wait = wait;
    const late = setTimeout(() => {
      wait.reject(new Error(`${this.#arrived.length} of ${count} came within ${timeoutMs} ms`));
    }, timeoutMs);
    this.#handOut();
    return await wait.promise.finally(() => clearTimeout(late));
  }

  #handOut(): void {
    if (!this.#wait || this.#arrived.length < this.#wait.count) return;
    this.#wait.resolve(this.#arrived);
    this.#arrived = [];
    this.#wait = undefined;
  }
}
