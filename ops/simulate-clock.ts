import { Heap } from "./simulate-heap.ts";

/** Virtual time: whatever is to happen waits in a heap, and the clock jumps from one event to the next. */
export class VirtualClock {
  readonly #events = new Heap<() => void>();
  nowMs: number;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  after(delayMs: number, happen: () => void): void {
    this.#events.push(this.nowMs + Math.max(0, Math.ceil(delayMs)), happen);
  }

  /** Lives on until it is told to stop, the time is over, or nothing is left to happen. */
  run(untilMs: number, mustStop: () => boolean): void {
    while (this.#events.lowest <= untilMs && !mustStop()) {
      this.nowMs = this.#events.lowest;
      this.#events.pop()?.();
    }
  }
}
