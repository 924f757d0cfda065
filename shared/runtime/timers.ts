/** Waiting, passed in like the time itself, so that what waits can also run under a clock that jumps. */
export interface Timers {
  /** Runs it after so long; the function returned cancels that. */
  after(ms: number, run: () => void): () => void;
  wait(ms: number): Promise<void>;
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
