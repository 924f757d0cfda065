import type { DeliveryJob } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import {
  type Attempted,
  claim,
  deliveryRecord,
  isEarly,
  needsLease,
  putBackTimeMs,
} from "../../domain/attempts/delivery-record.ts";
import { isPastHorizon, nextStep } from "../../domain/attempts/retry-schedule.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { heldUntilMs } from "../../domain/breaker/refusal.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { WebhookClient } from "../../http/webhook-client.ts";
import { measure } from "../../runtime/logger.ts";
import type { DeliveryContext } from "../../store/deliveries/delivery-context.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { SuspensionStore } from "../../store/health/cache-state.ts";
import type { MessageStore } from "../../store/messages/message-store.ts";
import type { Announcer } from "../announcer.ts";
import type { Holds } from "../breaker/change-health.ts";
import { type HealthRecorder, type SwitchOffDeps, switchOff } from "../breaker/health-recorder.ts";
import type { LaneForwarder, RetryScheduler } from "../retry-scheduler.ts";
import { type AttemptDeps, makeAttempt } from "./attempt.ts";
import { type WaitDeps, waitForSlot } from "./rate-gate.ts";
import type { RefusalWatch, SentLately } from "./refusal-watch.ts";
import { type SettleDeps, settle } from "./settle.ts";
import type { SlowReceiverDetector } from "./slow-receiver-detector.ts";
import type { StatsRecorder } from "./stats-recorder.ts";

export interface DeliverDeps extends AttemptDeps, SettleDeps, SwitchOffDeps, WaitDeps {
  readonly deliveries: Pick<DeliveryStore, "record" | "lease" | "forget">;
  readonly messages: Pick<MessageStore, "find">;
  readonly announcer: Announcer;
  readonly suspensions: Pick<SuspensionStore, "has">;
  readonly holds: Holds;
  /** The same for what a webhook's rate puts aside. */
  readonly drains: Holds;
  readonly refusals: RefusalWatch;
  readonly sentLately: Pick<SentLately, "note">;
  /** Where deliveries wait while the breaker is open, their cache is suspended or their webhook's rate is used up. */
  readonly parkingLot: RetryScheduler;
  readonly tally: Pick<HealthRecorder, "add">;
  readonly stats: Pick<StatsRecorder, "attempted" | "failed">;
  readonly slowWatch: Pick<SlowReceiverDetector, "watch">;
  readonly lanes: LaneForwarder;
  /** How long the function may still run. */
  readonly timeLeftMs: () => number;
  /** Waits between attempts, in seconds. */
  readonly schedule: readonly number[];
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

/**
 * A delivery's story, from claim to record: one attempt, and what follows from it. Handling a job twice does no
 * harm: the second time finds the attempt recorded or leased, or posts under the same `webhook-id`.
 */
export async function deliverOne(
  job: DeliveryJob,
  context: DeliveryContext,
  deps: DeliverDeps,
): Promise<void> {
  // Claim: whether this attempt is still to be made, and by us.
  const nowMs = deps.now();
  const webhook = context.webhookOf(job);
  if (!webhook) return cancelWaiting(job, context, deps);
  if (isEarly(job, nowMs))
    return deps.retryScheduler.schedule(putBackTimeMs(job, deps.random()), job);

  const claimed = claim(context.headOf(job), job, nowMs);
  if (claimed === "settled") return;
  if (claimed === "held") throw heldByAnother();
  if (webhook.status === "inactive") return end(job, "webhook inactive", deps);
  if (isPastHorizon(job.message.publishedTimeMs, nowMs)) return end(job, "horizon", deps);

  // Wait: for an open breaker, a suspended cache, a receiver that asked for a pause, or the webhook's rate.
  const health = context.healthOf(job);
  const isOpen = health?.breaker.kind === "open";
  const isSuspended = await deps.suspensions.has(webhook.cacheName);
  // Who comes back for what is parked is made sure of before it is.
  if (isSuspended) await deps.holds.ensure(webhook, health);
  if (isSuspended || (isOpen && !job.isProbe)) return park(job, deps);
  const heldMs = heldUntilMs(deps.refusals.healthOf(webhook.webhookId) ?? health, nowMs);
  if (heldMs !== undefined) return putAside(job, webhook, health, heldMs, deps);
  if (deps.turn.kind === "later") return putAside(job, webhook, health, deps.turn.timeMs, deps);

  if (!hasTimeFor(webhook, deps)) return leave(job, nowMs, deps);

  const payload = await payloadOf(job, deps);
  if (!payload) return end(job, "message expired", deps);
  if (!(await isOurs(job, nowMs, deps))) return;
  const missedUntilMs = await waitForSlot(job, webhook, health, deps);
  if (missedUntilMs !== undefined) return putAside(job, webhook, health, missedUntilMs, deps, true);

  const attempted = await post(job, payload, webhook, health, deps);
  await record(job, webhook, attempted, isOpen ? deps.parkingLot : deps.retryScheduler, deps);
}

/** Makes the attempt, and tells those who watch over the webhook what came of it. */
async function post(
  job: DeliveryJob,
  payload: Payload,
  webhook: WebhookRecord,
  health: Health | undefined,
  deps: DeliverDeps,
): Promise<Attempted> {
  // Watched is the POST alone: what we need before it is not the receiver's fault.
  const client: WebhookClient = {
    post: (request) => deps.slowWatch.watch(webhook, health, deps.client.post(request)),
  };
  deps.sentLately.note(webhook.webhookId, deps.now());
  const attempted = await makeAttempt(webhook, job.message, payload, job.attempt, {
    ...deps,
    client,
  });
  measure("AttemptLatency", attempted.record.latencyMs);
  deps.tally.add(webhook, attempted, health);
  deps.stats.attempted(webhook.webhookId, attempted);
  await deps.refusals.answered(webhook, health, attempted);
  return attempted;
}

/** Stores the attempt and its next step: the end, or a retry. */
async function record(
  job: DeliveryJob,
  webhook: WebhookRecord,
  attempted: Attempted,
  retryScheduler: RetryScheduler,
  deps: DeliverDeps,
): Promise<void> {
  const { verdict } = attempted;
  const { schedule } = deps;
  const step = nextStep({ job, verdict, nowMs: deps.now(), schedule, jitter: deps.random() });
  // A failure switches off first, or a crash in between would leave it settled and the webhook active. A
  // success is stored first: it must not be posted again because the webhook could not be switched off.
  if (step.kind === "failed") await disableIfRequested(webhook, attempted, deps);
  await settle(job, attempted.record, step, { ...deps, retryScheduler });
  if (step.kind === "delivered") await disableIfRequested(webhook, attempted, deps);
}

/** What follows from an attempt must be stored before the function is stopped. */
const reserveMs = 10_000;

function hasTimeFor({ timeoutSeconds }: WebhookRecord, { timeLeftMs }: DeliverDeps): boolean {
  return timeLeftMs() >= timeoutSeconds * 1000 + reserveMs;
}

/** An attempt that would be cut off is left to another invocation, at once, and stays in its lane. */
function leave(
  job: DeliveryJob,
  nowMs: number,
  { lanes, retryScheduler }: DeliverDeps,
): Promise<void> {
  return job.lane && job.attempt === 1
    ? lanes.forward(job, job.lane)
    : retryScheduler.schedule(nowMs, job);
}

/** Nothing is posted to it for now; the delivery waits where it takes no queue's place. */
async function park(
  job: DeliveryJob,
  deps: DeliverDeps,
  expectedMs?: number,
  isOurs = false,
): Promise<void> {
  const putBackMs = putBackTimeMs(job, deps.random());
  await deps.parkingLot.schedule(putBackMs, job);
  const timeMs = Math.ceil(expectedMs ?? putBackMs);
  const record = deliveryRecord(job, null, { kind: "retry", timeMs }, deps.retentionDays);
  await deps.deliveries.record(record, null, job, isOurs ? undefined : deps.now());
}

/** It waits for its turn at the webhook's rate, unless that comes too late for it. */
async function putAside(
  job: DeliveryJob,
  webhook: WebhookRecord,
  health: Health | undefined,
  expectedMs: number,
  deps: DeliverDeps,
  isOurs = false,
): Promise<void> {
  if (isPastHorizon(job.message.publishedTimeMs, expectedMs)) return end(job, "horizon", deps);
  await deps.drains.ensure(webhook, deps.refusals.healthOf(webhook.webhookId) ?? health);
  measure("Limited", 1);
  await park(job, deps, expectedMs, isOurs);
}

async function payloadOf(
  job: DeliveryJob,
  { messages }: DeliverDeps,
): Promise<Payload | undefined> {
  if (job.payload) return job.payload;
  return (await messages.find(job.message.cacheName, job.message.messageId))?.payload;
}

/** Takes the lease where one is needed. An attempt that somebody else is making comes back later. */
async function isOurs(job: DeliveryJob, nowMs: number, deps: DeliverDeps): Promise<boolean> {
  if (!needsLease(job)) return true;
  const record = deliveryRecord(job, null, { kind: "retry", timeMs: nowMs }, deps.retentionDays);
  const lease = await deps.deliveries.lease(record, job, nowMs);
  if (lease === "held") throw heldByAnother();
  return lease === "taken";
}

function heldByAnother(): Error {
  return new Error("the attempt is being made elsewhere");
}

function end(job: DeliveryJob, error: string, deps: DeliverDeps): Promise<void> {
  return settle(job, null, { kind: "failed", error }, deps);
}

async function disableIfRequested(
  webhook: WebhookRecord,
  { verdict }: Attempted,
  deps: DeliverDeps,
): Promise<void> {
  if (verdict.kind === "retry" || !verdict.disable) return;
  await switchOff(webhook, verdict.disable, deps);
}

/**
 * Ends a delivery whose webhook was deleted: nobody waits for it any more. Of one that has no row yet, or
 * had ended before, there is nothing to say.
 */
async function cancelWaiting(
  job: DeliveryJob,
  context: DeliveryContext,
  { deliveries }: DeliverDeps,
): Promise<void> {
  const status = context.headOf(job)?.status;
  if (status !== "pending" && status !== "retrying") return;
  await deliveries.forget(job.webhookId, job.message.messageId);
}
