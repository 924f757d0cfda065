import * as z from "zod/mini";
import { Breaker } from "./breaker.ts";

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

/** A webhook's health. There is none for one that is well: closed, proven, not slow lately, and its last attempt a success. */
export const Health = z.object({
  /** Rises with every change, and every write is conditional on it. */
  version: z.int(),
  /** Failures in a row, counted as far as any rule asks. */
  failures: z.int(),
  /** Those of them in a row, up to the last, that used up the whole deadline; counted as far. */
  timeouts: z.int(),
  /** The first failure since the last success; epoch milliseconds. */
  failingSinceMs: z.nullable(z.int()),
  /** Until when its receiver counts as slow; epoch milliseconds. */
  slowUntilMs: z.optional(z.int()),
  /** How often it was marked as slow; forgotten a day after the last mark has ended. */
  offences: z.optional(z.int()),
  /** Set until a success has shown that its receiver answers fast, and again by each mark. */
  isNewcomer: z.optional(z.boolean()),
  /** Only while its breaker is not closed. */
  throttle: z.optional(Throttle),
  breaker: Breaker,
});
export type Health = z.infer<typeof Health>;

/**
 * Whether the health itself says that something is wrong: a slow webhook is ok, and one that is ok may still have
 * deliveries that wait.
 */
export function isTroubled(health: Health | undefined): boolean {
  return health !== undefined && (health.failures > 0 || health.breaker.kind !== "closed");
}

/** The one row of a webhook's health, with what its timers must carry. */
export const HealthRecord = z.extend(Health, {
  v: z.literal(1),
  webhookId: z.string(),
  cacheName: z.string(),
  webhookName: z.string(),
});
export type HealthRecord = z.infer<typeof HealthRecord>;

/**
 * A new row begins at the time and not at 1: a writer that still holds a row removed meanwhile must not
 * take the new one for it.
 */
export function nextVersion(health: Health | undefined, nowMs: number): number {
  return health ? health.version + 1 : nowMs;
}

export const noFailures = { failures: 0, timeouts: 0, failingSinceMs: null } as const;
