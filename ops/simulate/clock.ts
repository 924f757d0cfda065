import { setImmediate } from "node:timers/promises";
import TinyQueue from "tinyqueue";
import type { Timers } from "../../shared/runtime/timers.ts";

interface TimedEvent {
  readonly atMs: number;
  /** Of two events at the same time the one that was asked for first comes first. */
  readonly turn: number;
  readonly happen: () => void;
}

/** Virtual time: whatever is to happen waits in a heap, and the clock jumps from one event to the next. */
export class VirtualClock implements Timers {
  readonly #events = new TinyQueue<TimedEvent>(
    [],
    (one, other) => one.atMs - other.atMs || one.turn - other.turn,
  );
  #turns = 0;
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  after(ms: number, happen: () => void): () => void {
    let isCancelled = false;
    this.#events.push({
      atMs: this.#nowMs + Math.max(0, Math.ceil(ms)),
      turn: this.#turns++,
      happen: () => {
        if (!isCancelled) happen();
      },
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
    while (this.#nextMs() <= untilMs && !mustStop()) {
      this.#nowMs = this.#nextMs();
      while (this.#nextMs() === this.#nowMs) this.#events.pop()?.happen();
      await setImmediate();
    }
  }

  #nextMs(): number {
    return this.#events.peek()?.atMs ?? Number.POSITIVE_INFINITY;
  }
}
