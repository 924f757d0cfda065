import { type BreakerTimer, type DeliveryJob, DeliveryWork } from "../../shared/contract/jobs.ts";
import { type BatchDeps, deliverBatch } from "../../shared/delivery/attempt/deliver-batch.ts";
import { openDeliverDeps } from "../../shared/delivery/attempt/deliver-deps.ts";
import {
  type BreakerTimerDeps,
  handleBreakerTimer,
} from "../../shared/delivery/breaker/handle-breaker-timer.ts";
import { traceIdOf } from "../../shared/domain/requests/trace-context.ts";
import {
  type DeadLetter,
  type HandBack,
  type Item,
  queueWorker,
} from "../../shared/runtime/queue-worker.ts";

interface Deps extends BatchDeps, BreakerTimerDeps {
  readonly poison: DeadLetter;
  readonly handBack: HandBack;
  readonly webhooks: BatchDeps["webhooks"];
  readonly healths: BatchDeps["healths"];
  readonly retries: BreakerTimerDeps["retries"];
  readonly slots: BreakerTimerDeps["slots"];
  readonly announcer: BatchDeps["announcer"];
}

/** Makes the attempts of a batch, and takes the steps of breakers whose ticks are among them. */
export async function deliver(
  items: readonly Item<DeliveryWork>[],
  deps: Deps,
  timeLeftMs: () => number,
): Promise<PromiseSettledResult<void>[]> {
  const jobs = items.filter(isAttempt);
  const ticks = items.filter((item) => !isAttempt(item)).map(({ job }) => job as BreakerTimer); // the other half
  const [attempted, ticked] = await Promise.all([
    jobs.length > 0 ? deliverBatch(jobs, deps, timeLeftMs) : [],
    Promise.allSettled(ticks.map((tick) => handleBreakerTimer(tick, deps))),
  ]);
  const [attempts, steps] = [attempted.values(), ticked.values()];
  return items.map((item) => (isAttempt(item) ? attempts : steps).next().value ?? unanswered);
}

const unanswered = { status: "rejected", reason: new Error("no result") } as const;

function isAttempt(item: Item<DeliveryWork>): item is Item<DeliveryJob> {
  return "message" in item.job;
}

export const handler = queueWorker(DeliveryWork, deliver, openDeliverDeps, (work) =>
  "message" in work ? { traceId: traceIdOf(work.message) } : {},
);
