import { FanOutJob } from "../../shared/contract/jobs.ts";
import { aws, type Platform } from "../../shared/delivery/platform.ts";
import { type FanOutDeps, fanOutPage } from "../../shared/delivery/publish/fan-out-page.ts";
import { openDispatchDeps } from "../../shared/delivery/publish/publish-deps.ts";
import { traceIdOf } from "../../shared/domain/requests/trace-context.ts";
import { openDeadLetterQueue, openHandBack } from "../../shared/queue/queues.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import {
  type DeadLetterQueue,
  type HandBack,
  type Item,
  queueWorker,
} from "../../shared/runtime/queue-worker.ts";

interface Deps extends FanOutDeps {
  readonly deadLetterQueue: DeadLetterQueue;
  readonly handBack: HandBack;
}

export function openFanOutDeps(platform: Platform = aws): Deps {
  const { sender, now } = platform;
  return {
    ...openDispatchDeps(platform),
    now,
    deadLetterQueue: openDeadLetterQueue(sender),
    handBack: openHandBack([readEnv("FAN_OUT_QUEUE_URL").FAN_OUT_QUEUE_URL], sender),
  };
}

export function fanOut(
  items: readonly Item<FanOutJob>[],
  deps: Deps,
): Promise<PromiseSettledResult<void>[]> {
  return Promise.allSettled(items.map(({ job }) => fanOutPage(job, deps)));
}

export const handler = queueWorker(FanOutJob, fanOut, openFanOutDeps, ({ message }) => ({
  traceId: traceIdOf(message),
}));
