import type { VirtualClock } from "./simulate-clock.ts";

/** Work that takes time: it yields how many milliseconds it waits for, at every call it makes. */
export type Process<Result = void> = Generator<number, Result, void>;

/** How long a call to SQS or DynamoDB takes. */
export const callMs = 5;

/** A function that takes longer is ended by Lambda. */
const functionTimeoutMs = 60_000;

interface Host {
  readonly clock: VirtualClock;
  /** Asked between any two calls of a function: whether it dies there. */
  readonly crashes: () => boolean;
  readonly onCrash: () => void;
  /** Asked of every call: how many times the usual it takes. */
  readonly slowness: () => number;
}

/** Runs processes that die together, as one invocation of a function does. */
export class Invocation {
  readonly #host: Host;
  readonly #onCrash: () => void;
  readonly #startMs: number;
  #isDead = false;

  constructor(host: Host, onCrash: () => void) {
    this.#host = host;
    this.#onCrash = onCrash;
    this.#startMs = host.clock.nowMs;
  }

  run<Result>(process: Process<Result>, onEnd: (result: Result) => void): void {
    const { done, value } = process.next();
    if (done) onEnd(value);
    else this.#host.clock.after(this.#lengthOf(value), () => this.#resume(process, onEnd));
  }

  #lengthOf(waitMs: number): number {
    return waitMs === callMs ? waitMs * this.#host.slowness() : waitMs;
  }

  /** Between any two calls the function may die, and everything it was at with it. */
  #resume<Result>(process: Process<Result>, onEnd: (result: Result) => void): void {
    if (this.#isDead) return;
    const ageMs = this.#host.clock.nowMs - this.#startMs;
    if (this.#host.crashes() || ageMs > functionTimeoutMs) {
      this.#isDead = true;
      this.#host.onCrash();
      this.#onCrash();
    } else this.run(process, onEnd);
  }
}
