import { setImmediate } from "node:timers/promises";
import type { Timers } from "../../shared/runtime/timers.ts";
import { Heap } from "./heap.ts";

/** Virtual time: whatever is to happen waits in a heap, and the clock jumps from one event to the next. */
export class VirtualClock implements Timers {
  readonly #events = new Heap<() => void>();
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  after(ms: number, happen: () => void): () => void {
    let isCancelled = false;
    this.#events.push(this.#nowMs + Math.max(0, Math.ceil(ms)), () => {
      if (!isCancelled) happen();
    });
    return () => {
      isCancelled = true;
    };
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /**
   * Lives on until it is told to stop, the time is over, or nothing is left to happen. Before it jumps, all
   * that can run now has run: a turn of the event loop comes after the last promise that was settled.
   */
  async run(untilMs: number, mustStop: () => boolean): Promise<void> {
    while (this.#events.lowest <= untilMs && !mustStop()) {
      this.#nowMs = this.#events.lowest;
      while (this.#events.lowest === this.#nowMs) this.#events.pop()?.();
      await setImmediate();
    }
  }
}
