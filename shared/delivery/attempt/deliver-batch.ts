import type { DeliveryJob } from "../../contract/jobs.ts";
import { claim, isEarly, needsLease } from "../../domain/attempts/delivery-record.ts";
import { isPastHorizon } from "../../domain/attempts/retry-schedule.ts";
import { isUnwell } from "../../domain/breaker/health.ts";
import type { Health } from "../../domain/breaker/health-record.ts";
import { awaitingSlots, heldUntilMs, perSecondOf } from "../../domain/breaker/refusal.ts";
import { nextLane } from "../../domain/breaker/slowness.ts";
import type { LaneQueues } from "../../queue/queues.ts";
import { measure } from "../../runtime/logger.ts";
import { type Item, isSuspect } from "../../runtime/queue-worker.ts";
import type {
  DeliveryContext,
  DeliveryContextStore,
} from "../../store/deliveries/delivery-context.ts";
import type { DeliveryStore } from "../../store/deliveries/delivery-store.ts";
import type { StatsCounter } from "../../store/health/stats-counter.ts";
import { openHolds } from "../breaker/change-health.ts";
import { createHealthRecorder, type HealthRecorderDeps } from "../breaker/health-recorder.ts";
import { openLaneForwarder } from "../retry-scheduler.ts";
import { type CrashGuardDeps, openInFlight, runGuarded } from "./attempt-guards.ts";
import { type DeliverDeps, deliverOne } from "./deliver-one.ts";
import { free, openRateGate, type RateGateDeps, type Turn, unasked } from "./rate-gate.ts";
import { openRefusalWatch, type RefusalDeps } from "./refusal-watch.ts";
import { openRecorder } from "./settle.ts";
import {
  type CacheWatchDeps,
  createSlowReceiverDetector,
  openCacheWatch,
  type SlowReceiverDetectorDeps,
} from "./slow-receiver-detector.ts";
import { openStatsRecorder } from "./stats-recorder.ts";

export interface BatchDeps
  extends Omit<
      DeliverDeps,
      | "recorder"
      | "tally"
      | "stats"
      | "slowWatch"
      | "lanes"
      | "holds"
      | "drains"
      | "refusals"
      | "gate"
      | "turn"
      | "sentLately"
      | "isRepeat"
      | "timeLeftMs"
    >,
    HealthRecorderDeps,
    RateGateDeps,
    RefusalDeps,
    SlowReceiverDetectorDeps,
    CacheWatchDeps,
    Pick<CrashGuardDeps, "deadLetterQueue"> {
  readonly contexts: DeliveryContextStore;
  readonly deliveries: DeliveryStore;
  readonly counter: StatsCounter;
  readonly laneQueues: LaneQueues;
  readonly announcer: HealthRecorderDeps["announcer"];
  readonly healths: HealthRecorderDeps["healths"];
}

/** Of one webhook, in one environment: as many as a batch has, and fewer for one that fails or may be slow. */
const maxInFlight = { well: 10, unwell: 5 };

/** Delivers a batch: one read for all, one POST each, one write for all that went well. */
export async function deliverBatch(
  items: readonly Item<DeliveryJob>[],
  deps: BatchDeps,
  timeLeftMs: () => number,
): Promise<PromiseSettledResult<void>[]> {
  const jobs = items.map(({ job }) => job);
  const maybeTried = items.filter(mayBeTried);
  const context = await deps.contexts.load(
    jobs,
    maybeTried.map(({ job }) => job),
    deps.now(),
  );
  const recorder = openRecorder(deps.deliveries, deps.timers);
  const tally = createHealthRecorder(deps);
  const stats = openStatsRecorder({ stats: deps.counter, now: deps.now });
  const slowWatch = createSlowReceiverDetector(deps, openCacheWatch(deps));
  const holds = openHolds(deps);
  const drains = openHolds(deps, awaitingSlots);
  const lanes = openLaneForwarder(deps.laneQueues);
  const gate = openRateGate(deps);
  const refusals = openRefusalWatch(deps);
  const batch = {
    ...{ ...deps, recorder, tally, stats, slowWatch, lanes, timeLeftMs },
    ...{ holds, drains, gate, refusals },
  };
  const changedHealthOf = (webhookId: string) =>
    newerOf(slowWatch.healthOf(webhookId), refusals.healthOf(webhookId));
  const healthOf = (job: DeliveryJob) => changedHealthOf(job.webhookId) ?? context.healthOf(job);
  const toLane = (job: DeliveryJob) => {
    const nowMs = deps.now();
    const isCacheSlow = context.isCacheSlow(job, nowMs);
    return nextLane(job, { health: healthOf(job), isCacheSlow, nowMs });
  };
  const inFlight = openInFlight();
  const results = await Promise.allSettled(
    items.map(async (item, index) => {
      const { job } = item;
      if (isTwin(job, jobs.slice(0, index))) return;
      const lane = toLane(job);
      if (lane) return lanes.forward(job, lane);
      const isRepeat = mayBeTried(item);
      // Before any waits for the others: one reservation is made for all that are in the batch.
      const turn = await turnOf(job, context, gate, deps.now());
      const dwell = () => measure("QueueDwell", dwellMs(item, deps.now()));
      if (turn.kind === "later") {
        dwell();
        return deliverOne(job, context, { ...batch, isRepeat, turn });
      }
      const most = maxInFlight[isUnwell(context.healthOf(job), deps.now()) ? "unwell" : "well"];
      return inFlight(job.webhookId, most, () => {
        // While it waited for its turn, the one before it may have turned out to be slow.
        const laneNow = toLane(job);
        if (laneNow) return lanes.forward(job, laneNow);
        dwell();
        const attempt = () => deliverOne(job, context, { ...batch, isRepeat, turn });
        return isSuspect(item) ? runGuarded(item, context.headOf(job), attempt, deps) : attempt();
      });
    }),
  );
  await Promise.all([recorder.flush(), slowWatch.flush(), stats.write()]);
  await tally.write(changedHealthOf);
  await deps.announcer.flush();
  return results;
}

/** Only what will be posted needs a slot of its webhook's rate. */
async function turnOf(
  job: DeliveryJob,
  context: DeliveryContext,
  gate: ReturnType<typeof openRateGate>,
  nowMs: number,
): Promise<Turn> {
  const [webhook, health] = [context.webhookOf(job), context.healthOf(job)];
  if (!webhook || perSecondOf(webhook, health) === undefined) return free;
  const isPosted =
    webhook.status === "active" &&
    !isEarly(job, nowMs) &&
    claim(context.headOf(job), job, nowMs) === "make" &&
    !isPastHorizon(job.message.publishedTimeMs, nowMs) &&
    (health?.breaker.kind !== "open" || job.isProbe) &&
    heldUntilMs(health, nowMs) === undefined;
  return isPosted ? gate.turnOf(job, webhook, health) : unasked;
}

function newerOf(a: Health | undefined, b: Health | undefined): Health | undefined {
  return a && b ? (a.version > b.version ? a : b) : (a ?? b);
}

/** A retry is ready from the time that it was sent ahead for, anything else from when it was sent. */
function dwellMs({ job, sentTimeMs }: Item<DeliveryJob>, nowMs: number): number {
  return Math.max(0, nowMs - Math.max(sentTimeMs, job.notBeforeMs ?? 0));
}

/** A first attempt that waited anywhere but in its queue may have been made from a copy that waited elsewhere. */
function mayBeTried({ job, receiveCount }: Item<DeliveryJob>): boolean {
  return needsLease(job) || receiveCount > 1 || job.notBeforeMs !== undefined;
}

/** SQS may put the same message into one batch twice; the second says nothing new. */
function isTwin(job: DeliveryJob, earlier: readonly DeliveryJob[]): boolean {
  return earlier.some(
    ({ webhookId, generation, attempt, message }) =>
      webhookId === job.webhookId &&
      message.messageId === job.message.messageId &&
      generation === job.generation &&
      attempt === job.attempt,
  );
}
