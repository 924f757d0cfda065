import type { Fault } from "./faults.ts";

/** Holds a call until it is let go. */
export interface Gate {
  fault: Fault;
  /** Settles when a call has come to the gate. */
  reached: Promise<void>;
  open(): void;
}

/** Holds calls before the engine sees them. */
export function holdBefore(): Gate {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    fault: async (_call, forward) => {
      reached.resolve();
      await opened.promise;
      return await forward();
    },
  };
}
