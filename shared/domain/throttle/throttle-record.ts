import * as z from "zod/mini";

/** What a receiver's own refusals (429, or 503 with Retry-After) mean for its webhook as a whole. */
export const Throttle = z.object({
  /** Nothing is posted before; epoch milliseconds. */
  heldUntilMs: z.optional(z.int()),
  /** The rate that it is slowed down to, where nobody has set one. */
  perSecond: z.optional(z.number()),
  /** When that was last lowered. */
  slowedTimeMs: z.optional(z.int()),
  /** The rate at which it last refused, where that is known exactly. */
  refusedPerSecond: z.optional(z.number()),
  /** Steps of its timer since the last refusal, counted as far as anyone asks. */
  cleanSteps: z.optional(z.int()),
});
export type Throttle = z.infer<typeof Throttle>;
