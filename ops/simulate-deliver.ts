import type { DeliveryJob } from "../shared/contract/delivery.ts";
import { deliveryRecord } from "../shared/delivery/delivery-record.ts";
import type { AttemptRecord, DeliveryRecord } from "../shared/domain/delivery-record.ts";
import type { Health } from "../shared/domain/health-record.ts";
import { claim, needsLease } from "../shared/domain/lease.ts";
import { nextStep, type Step } from "../shared/domain/next-step.ts";
import { isEarly, putBackTimeMs } from "../shared/domain/not-before.ts";
import { isPastHorizon } from "../shared/domain/retry-schedule.ts";
import { handedOn, isInFirstLine, isSlow, marked, slowAfterMs } from "../shared/domain/slowness.ts";
import { judge } from "../shared/domain/verdict.ts";
import { changeHealth } from "./simulate-health.ts";
import { park, sendLater } from "./simulate-later.ts";
import { callMs, type Process } from "./simulate-process.ts";
import type { VirtualWebhook } from "./simulate-tables.ts";
import type { Answer, World } from "./simulate-world.ts";

/** What was read of a delivery before it began. */
export interface Seen {
  readonly webhook: VirtualWebhook | undefined;
  readonly head: DeliveryRecord | undefined;
  readonly health: Health | undefined;
}

export interface Handled {
  readonly isHandedBack?: true;
  /** What the attempt tells of the webhook, where one was made and tells anything. */
  readonly fared?: "success" | "failure" | "timeout";
}

const retentionDays = 30;

/** The same decisions and writes, in the same order, as the delivery function's. */
export function* deliverVirtually(job: DeliveryJob, seen: Seen, world: World): Process<Handled> {
  const { webhook, head, health } = seen;
  const { nowMs } = world.clock;
  if (!webhook) return {};
  if (isEarly(job, nowMs)) return yield* putOff(job, world);

  const claimed = claim(head, job, nowMs);
  if (claimed === "settled") return {};
  if (claimed === "held") return { isHandedBack: true };
  if (webhook.status === "inactive") return yield* end(job, "webhook inactive", world);
  if (isPastHorizon(job.message.publishedTimeMs, nowMs)) return yield* end(job, "horizon", world);

  const isOpen = health?.breaker.kind === "open";
  if (isOpen && !job.isProbe) return yield* holdBack(job, world);
  if (isInFirstLine(job) && isSlow(health, nowMs)) return yield* handOn(job, world);
  return (yield* leased(job, world)) ?? (yield* attempt(job, health, world));
}

function* putOff(job: DeliveryJob, world: World): Process<Handled> {
  yield* sendLater(putBackTimeMs(job), job, world);
  return {};
}

/** One call for all of a batch. */
function* handOn(job: DeliveryJob, { calls, slow }: World): Process<Handled> {
  calls.add("SQS send", 1 / 10);
  slow.send(handedOn(job), job.webhookId);
  yield callMs;
  return {};
}

function* end(job: DeliveryJob, error: string, world: World): Process<Handled> {
  yield* record(deliveryRecord(job, null, { kind: "failed", error }, retentionDays), world);
  return {};
}

/** The park first, the head after it: what dies in between comes back with the queue. */
function* holdBack(job: DeliveryJob, world: World): Process<Handled> {
  const timeMs = putBackTimeMs(job);
  yield* park(timeMs, job, world);
  yield* record(deliveryRecord(job, null, { kind: "retry", timeMs }, retentionDays), world);
  return {};
}

/** Takes the lease where one is needed; answers how the job ends when somebody else has it. */
function* leased(job: DeliveryJob, world: World): Process<Handled | undefined> {
  if (!needsLease(job)) return undefined;
  const timeMs = world.clock.nowMs;
  world.calls.add("DynamoDB write");
  const leasing = deliveryRecord(job, null, { kind: "retry", timeMs }, retentionDays);
  const lease = world.tables.lease(leasing, job, timeMs);
  yield callMs;
  if (lease === "taken") return undefined;
  return lease === "held" ? { isHandedBack: true } : {};
}

/** Posts, stores the next step, and only then says on the head that the attempt is done. */
function* attempt(job: DeliveryJob, health: Health | undefined, world: World): Process<Handled> {
  const timeMs = world.clock.nowMs;
  world.onPost(job, timeMs);
  const answer = world.answer(job, timeMs);
  yield* wait(answer.latencyMs, job, health, world);

  const { nowMs } = world.clock;
  const { schedule, random } = world;
  const verdict = judge(answer.outcome, nowMs);
  const step = nextStep({ job, verdict, nowMs, schedule, jitter: random() });
  if (verdict.kind === "delivered") world.onReceived(job, nowMs);
  if (step.kind === "retry") {
    const next = { ...job, attempt: job.attempt + 1, isProbe: false };
    if (health?.breaker.kind === "open") yield* park(step.timeMs, next, world);
    else yield* sendLater(step.timeMs, next, world);
  }
  yield* settle(job, attemptRecord(job, timeMs, answer), step, world);

  if (verdict.kind === "failed") return {};
  if (verdict.kind === "delivered") return { fared: "success" };
  return { fared: answer.isTimeout ? "timeout" : "failure" };
}

/** The mark is written while the POST goes on. */
function* wait(
  latencyMs: number,
  { webhookId }: DeliveryJob,
  health: Health | undefined,
  world: World,
): Process {
  if (latencyMs <= slowAfterMs) {
    yield latencyMs;
    return;
  }
  yield slowAfterMs;
  yield* changeHealth(webhookId, health, (now) => marked(now, world.clock.nowMs), world);
  yield latencyMs - slowAfterMs;
}

function* settle(job: DeliveryJob, made: AttemptRecord, step: Step, world: World): Process {
  const settled = deliveryRecord(job, made, step, retentionDays);
  if (step.kind !== "delivered" || needsLease(job)) {
    if (job.attempt > 1) world.calls.add("DynamoDB write");
    return yield* record(settled, world);
  }
  // One call for all the successes of a batch.
  world.calls.add("DynamoDB write", 1 / 10);
  world.tables.recordDelivered(settled);
  yield callMs;
}

function* record(settled: DeliveryRecord, { calls, tables }: World): Process {
  calls.add("DynamoDB write");
  tables.record(settled);
  yield callMs;
}

function attemptRecord({ attempt }: DeliveryJob, timeMs: number, answer: Answer): AttemptRecord {
  const { latencyMs } = answer;
  return { attempt, timeMs, statusCode: null, latencyMs, error: null, responseBody: "" };
}
