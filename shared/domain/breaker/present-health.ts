import type { ErrorDetail } from "../../contract/errors.ts";
import {
  maxWaiting,
  maxWithHealth,
  type WebhookHealth,
  type WebhookState,
} from "../../contract/health.ts";
import { isoTime } from "../../contract/values/time.ts";
import type { WebhookRecord } from "../webhooks/webhook-record.ts";
import { type Health, isTroubled } from "./health-record.ts";
import { heldUntilMs, perSecondOf } from "./refusal.ts";
import { nextFreeTimeMs, type Slots } from "./slots.ts";

/** What is known of a webhook's last attempts; nothing where nobody counts them. */
export interface LatestResult {
  readonly lastAttemptMs: number;
  readonly lastSuccessMs?: number | undefined;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
}

export interface Observed {
  readonly webhook: WebhookRecord;
  readonly health: Health | undefined;
  /** Deliveries with an attempt to come; 0 where nobody has looked. */
  readonly waiting: number;
  readonly slots?: Slots | undefined;
  readonly latest?: LatestResult | undefined;
  readonly nowMs: number;
}

/**
 * Whether a webhook may be anything but ok, so that it is worth counting what waits. Most are ok, and cost one read.
 */
export function mayBeUnwell({ status }: WebhookRecord, health: Health | undefined): boolean {
  return status === "inactive" || isTroubled(health);
}

/** The first that holds, from the worst. A drain that has nothing to send any more holds nothing back. */
function stateOf({ webhook, health, waiting, nowMs }: Observed): WebhookState {
  if (webhook.status === "inactive") return "disabled";
  const kind = health?.breaker.kind ?? "closed";
  if (kind === "open") return "held";
  const isHeld = heldUntilMs(health, nowMs) !== undefined;
  if (kind === "draining" && (isHeld || waiting > 0)) return "limited";
  return health && health.failures > 0 ? "failing" : "ok";
}

export function presentHealth(observed: Observed): WebhookHealth {
  const { health, nowMs, latest } = observed;
  const { clientCertificate } = observed.webhook;
  const state = stateOf(observed);
  return {
    state,
    since: isoTime(Math.min(sinceMs(state, observed), nowMs)),
    ...(latest && { lastAttemptTime: isoTime(latest.lastAttemptMs) }),
    lastSuccessTime: timeOrNull(latest?.lastSuccessMs ?? null),
    lastStatusCode: latest?.lastStatusCode ?? null,
    lastError: latest?.lastError ?? null,
    waiting: state === "ok" ? 0 : Math.min(observed.waiting, maxWaiting),
    nextProbeTime: state === "held" ? nextProbeTime(health, nowMs) : null,
    nextFreeTime: state === "limited" ? nextFreeTime(observed) : null,
    ...(clientCertificate && { certificateExpiryTime: isoTime(clientCertificate.expiryTimeMs) }),
  };
}

/** A recovery is not kept: a webhook that is ok has been so since it was last changed, or longer than is known. */
function sinceMs(state: WebhookState, { webhook, health }: Observed): number {
  const { createdTimeMs, lastModifiedTimeMs } = webhook;
  const breakerMs = health?.breaker.kind === "closed" ? undefined : health?.breaker.sinceMs;
  switch (state) {
    case "disabled":
      return lastModifiedTimeMs;
    case "held":
    case "limited":
      return (
        breakerMs ?? health?.throttle?.slowedTimeMs ?? health?.failingSinceMs ?? lastModifiedTimeMs
      );
    case "failing":
      return health?.failingSinceMs ?? lastModifiedTimeMs;
    case "ok":
      return breakerMs ?? createdTimeMs;
  }
}

/** The timer of a suspended cache's webhook tries nothing: it looks whether the cache goes on. */
function nextProbeTime(health: Health | undefined, nowMs: number): string | null {
  const { breaker } = health ?? {};
  if (breaker?.kind !== "open" || breaker.isSuspended) return null;
  return laterTime(Math.max(breaker.nextTickMs, heldUntilMs(health, nowMs) ?? 0, nowMs));
}

function nextFreeTime({ webhook, health, slots, nowMs }: Observed): string | null {
  const heldMs = heldUntilMs(health, nowMs) ?? 0;
  const perSecond = perSecondOf(webhook, health);
  const slotMs = perSecond === undefined || !slots ? 0 : nextFreeTimeMs(slots, perSecond, nowMs);
  const freeMs = Math.max(heldMs, slotMs);
  return freeMs > nowMs ? laterTime(freeMs) : null;
}

function timeOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}

/** Whole seconds, rounded up: what is to come is never shown as past. */
function laterTime(timeMs: number): string {
  return isoTime(Math.ceil(timeMs / 1_000) * 1_000);
}

interface PageAsked {
  readonly include?: string | undefined;
  readonly limit?: string | undefined;
}

/** A look at a webhook's health costs reads of its own, so a page with it holds fewer. */
export function healthLimitProblems({ include, limit }: PageAsked): ErrorDetail[] {
  if (include === undefined || limit === undefined || !(Number(limit) > maxWithHealth)) return [];
  const message = `must be a whole number from 1 to ${maxWithHealth} together with include`;
  return [{ path: "limit", message }];
}
