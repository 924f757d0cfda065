import { createHash } from "node:crypto";
import type { DeliveryJob } from "../../contract/jobs.ts";
import { shardOf } from "../ids/hash.ts";
import type { Health } from "./health-record.ts";
import { isSlow } from "./slowness.ts";

/** Where a first attempt waits for its turn. The first lane is for receivers that have shown that they are fast. */
export type Lane = "first" | FurtherLane;

/** A lane that first attempts are sent on to, each a queue of its own. */
export type FurtherLane = "newcomer" | "slow";

const order: readonly Lane[] = ["first", "newcomer", "slow"];

/** What decides on the lane of a first attempt. */
export interface Pace {
  readonly health: Health | undefined;
  /** Whether many webhooks of its cache are slow at once. */
  readonly isCacheSlow: boolean;
  readonly nowMs: number;
}

/** What an open breaker parks need not be sent anywhere first. */
function laneFor({ health, isCacheSlow, nowMs }: Pace): Lane {
  if (health?.breaker.kind === "open") return "first";
  if (isSlow(health, nowMs) || isCacheSlow) return "slow";
  return health?.isNewcomer ? "newcomer" : "first";
}

/** The lane that a job is in; undefined for what has left them, as retries have. */
function laneOf({ notBeforeMs, lane, attempt }: DeliveryJob): Lane | undefined {
  if (notBeforeMs === undefined) return "first";
  return attempt === 1 ? lane : undefined;
}

/** The lane that a job is to be sent on to, if it must not be posted from where it is; never back. */
export function nextLane(job: DeliveryJob, pace: Pace): FurtherLane | undefined {
  const current = laneOf(job);
  const lane = laneFor(pace);
  if (current === undefined || lane === "first") return undefined;
  return order.indexOf(lane) > order.indexOf(current) ? lane : undefined;
}

/**
 * The job as it goes on to another lane. Whatever has waited anywhere but in the delivery queue carries the
 * time from which it may be made: it may be in two places.
 */
export function jobForLane(job: DeliveryJob, lane: FurtherLane): DeliveryJob {
  return { ...job, lane, notBeforeMs: job.message.publishedTimeMs };
}

/** So many groups a cache has, at most: one dead webhook of it delays an eighth of the others. */
const groupsPerCache = 8;

/**
 * The fair-queue group of what belongs to a cache: `id` is its webhook's, or its message's where it has no
 * webhook. A tenant gets a share of its own for each group, so webhooks must not be groups. The cache's part
 * cannot be forged, or a tenant could choose a name that shares the groups of another.
 */
export function groupOf(cacheName: string, id: string): string {
  const cache = createHash("sha256").update(cacheName).digest("base64url").slice(0, 22);
  return `${cache}.${shardOf(id, groupsPerCache)}`;
}
