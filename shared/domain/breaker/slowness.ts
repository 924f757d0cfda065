import { createHash } from "node:crypto";
import type { DeliveryJob } from "../../contract/jobs.ts";
import { shardOf } from "../hash.ts";
import { type Health, nextVersion, noFailures } from "./health-record.ts";

/** A POST that is unanswered for so long keeps a place that others could use. */
export const slowAfterMs = 500;

const minMarkMs = 60_000;
const maxMarkMs = 4 * 3_600_000;
/** So long after its last mark a webhook is no repeat offender any more. */
const memoryMs = 24 * 3_600_000;
/**
 * How much longer than its POST a mark lasts, by how many marks there were. From the third on, a receiver has
 * less than one in a hundred and fifty of the time for what it does to others.
 */
const markFactors = [0, 30, 150, 600];
/** A cache whose webhooks turned slow together is not given the benefit of the doubt. */
const cacheOffences = 3;

/** How long a mark lasts that a POST has earned, the one that makes it so many. */
function markLengthMs(heldMs: number, offences: number): number {
  const factor = markFactors[Math.min(offences, markFactors.length) - 1] ?? 0;
  return Math.min(Math.max(factor * heldMs, minMarkMs), maxMarkMs);
}

/** Whether first attempts go the way of slow receivers, where they wait for nobody but each other. */
export function isSlow(health: Health | undefined, nowMs: number): boolean {
  return markLeftMs(health?.slowUntilMs, nowMs) > 0;
}

/** What is left of a mark. One of longer than any lasts was set by a clock that had jumped ahead. */
export function markLeftMs(slowUntilMs: number | undefined, nowMs: number): number {
  const leftMs = (slowUntilMs ?? 0) - nowMs;
  return leftMs > 0 && leftMs <= maxMarkMs + minMarkMs ? leftMs : 0;
}

/** The marks that still count against a webhook. */
export function offencesOf(health: Health | undefined, nowMs: number): number {
  const { offences = 0, slowUntilMs = 0 } = health ?? {};
  const isRemembered = nowMs < slowUntilMs + memoryMs && slowUntilMs - nowMs <= memoryMs;
  return isRemembered ? offences : 0;
}

/**
 * A webhook's health while a POST is held, and once more when it ends; the same object while its mark is
 * fresh. A mark takes the proof of a fast answer away. A webhook that goes on being slow keeps its mark; one
 * that is slow again after a mark has ended gets a longer one.
 */
export function markSlow(health: Health | undefined, heldMs: number, nowMs: number): Health {
  const leftMs = markLeftMs(health?.slowUntilMs, nowMs);
  const known = offencesOf(health, nowMs);
  const offences = leftMs > 0 ? Math.max(known, 1) : Math.min(known + 1, markFactors.length);
  const lengthMs = markLengthMs(heldMs, offences);
  if (health && 2 * leftMs > lengthMs) return health;
  return {
    ...(health ?? closedAndWell),
    version: nextVersion(health, nowMs),
    slowUntilMs: nowMs + lengthMs,
    offences,
    isNewcomer: true,
  };
}

/** Whether a mark says something new: not of one that has failed to prove itself before. */
export function isSurprise(before: Health | undefined, nowMs: number): boolean {
  return !isSlow(before, nowMs) && (!before?.isNewcomer || offencesOf(before, nowMs) === 0);
}

const closedAndWell = { ...noFailures, breaker: { kind: "closed" } } as const;

/** A webhook that has yet to show that its receiver answers fast; the same object if it had to before. */
export function asNewcomer(health: Health | undefined, nowMs: number): Health {
  if (health?.isNewcomer) return health;
  const version = nextVersion(health, nowMs);
  return { ...(health ?? closedAndWell), version, isNewcomer: true };
}

/** What a fast success makes of a webhook's pace. While a mark lasts it proves nothing. */
export function paceAfter(
  health: Health,
  { isFast, nowMs }: { readonly isFast: boolean; readonly nowMs: number },
): Pick<Health, "slowUntilMs" | "offences" | "isNewcomer"> | undefined {
  const isProven = !health.isNewcomer || (isFast && !isSlow(health, nowMs));
  const { slowUntilMs, offences } = health;
  const remembers = isSlow(health, nowMs) || offencesOf(health, nowMs) > 0;
  if (isProven && !remembers) return undefined;
  return {
    ...(remembers && { slowUntilMs, offences }),
    ...(!isProven && { isNewcomer: true }),
  };
}

/** The health of a webhook that neither fails nor waits for a breaker: undefined when there is nothing to remember. */
export function atRest(
  health: Health,
  circumstances: { readonly isFast: boolean; readonly nowMs: number },
): Health | undefined {
  const pace = paceAfter(health, circumstances);
  if (!pace) return undefined;
  const isSame = health.breaker.kind === "closed" && health.failures === 0;
  if (isSame && pace.isNewcomer === health.isNewcomer) return health;
  return { ...closedAndWell, version: nextVersion(health, circumstances.nowMs), ...pace };
}

/** After a test event that was delivered fast: the proof alone, whatever else is known of the webhook. */
export function proved(health: Health | undefined, nowMs: number): Health | undefined {
  if (!health?.isNewcomer || isSlow(health, nowMs)) return health;
  if (health.breaker.kind === "closed" && health.failures === 0) {
    return atRest(health, { isFast: true, nowMs });
  }
  const { isNewcomer: _, ...known } = health;
  return { ...known, version: nextVersion(health, nowMs) };
}

/** So many webhooks of a cache that turn slow within a minute count against the cache. */
export const slowTogether = 10;

/** A POST that is unanswered for so long counts for its cache, if nobody expected it. */
export const countsForCacheAfterMs = 1_000;

/** Until when a cache is marked of which a POST is or was held for so long. */
export function cacheSlowUntilMs(heldMs: number, nowMs: number): number {
  return nowMs + markLengthMs(heldMs, cacheOffences);
}

/** Whether a longer mark is worth a write. */
export function isCacheMarkWorn(slowUntilMs: number, heldMs: number, nowMs: number): boolean {
  return 2 * markLeftMs(slowUntilMs, nowMs) <= markLengthMs(heldMs, cacheOffences);
}

interface Answered {
  readonly cacheName: string;
  readonly timeMs: number;
}

const recentMs = 60_000;

/** Tells a cache that is slow from a deployment that is: others must be answered fast meanwhile. */
export interface Neighbours {
  answeredFast(cacheName: string, timeMs: number): void;
  /** Whether any other cache was answered fast lately, as far as this environment knows. */
  areFast(cacheName: string, nowMs: number): boolean;
}

export function openNeighbours(): Neighbours {
  let latest: Answered[] = [];

  return {
    answeredFast(cacheName, timeMs) {
      if (latest[0]?.cacheName === cacheName) latest[0] = { cacheName, timeMs };
      else latest = [{ cacheName, timeMs }, ...latest.slice(0, 1)];
    },
    areFast(cacheName, nowMs) {
      return latest.some(
        (other) => other.cacheName !== cacheName && nowMs - other.timeMs <= recentMs,
      );
    },
  };
}

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
