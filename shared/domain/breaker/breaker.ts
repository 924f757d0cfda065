import * as z from "zod/mini";

/** Nothing is posted but one probe a step. */
const OpenBreaker = z.object({
  kind: z.literal("open"),
  /** The wait before the next tick. */
  stepSeconds: z.int(),
  /** The version of the row that set the tick: no two ticks of a webhook ever share a number. */
  tick: z.int(),
  nextTickMs: z.int(),
  /** Not for its receiver's sake: its cache is suspended. */
  isSuspended: z.optional(z.boolean()),
});
export type OpenBreaker = z.infer<typeof OpenBreaker>;

/** Everything is posted again, and what was parked goes back at a rate that rises. */
const DrainingBreaker = z.object({
  kind: z.literal("draining"),
  ratePerSecond: z.number(),
  tick: z.int(),
  nextTickMs: z.int(),
  /** Ticks since the drain began, counted as far as anyone asks. */
  ticks: z.int(),
  /** Since the last tick. */
  failures: z.int(),
  hasSucceeded: z.boolean(),
  /** Where the steps go on if it opens again before it has proved itself. */
  reopenStepSeconds: z.int(),
  /** Not for failures' sake alone: deliveries are put aside for a rate, also while it drains. */
  isLimited: z.optional(z.boolean()),
  /** Of a limited one: steps in a row that found nothing put aside. */
  emptySteps: z.optional(z.int()),
});
export type DrainingBreaker = z.infer<typeof DrainingBreaker>;

/** Whether a webhook's deliveries are posted or parked. */
export const Breaker = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("closed") }),
  OpenBreaker,
  DrainingBreaker,
]);
export type Breaker = z.infer<typeof Breaker>;

export const firstStepSeconds = 10;
export const maxStepSeconds = 900;

export function tripBreaker(version: number, stepSeconds: number, nowMs: number): OpenBreaker {
  const nextTickMs = nowMs + stepSeconds * 1000;
  return { kind: "open", stepSeconds, tick: version, nextTickMs };
}

export function longerStepSeconds(stepSeconds: number): number {
  return Math.min(2 * stepSeconds, maxStepSeconds);
}
