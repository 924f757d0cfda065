import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { deliver, openDeliverDeps } from "../../functions/queue/deliver.ts";
import { fanOut, openFanOutDeps } from "../../functions/queue/fan-out.ts";
import { ingestWorker, openIngestDeps } from "../../functions/queue/ingest.ts";
import { openRecoverDeps, recover } from "../../functions/queue/recover.ts";
import {
  type DeliveryJob,
  DeliveryWork,
  FanOutJob,
  RecoveryStep,
} from "../../shared/contract/jobs.ts";
import { type Item, queueWorker } from "../../shared/runtime/queue-worker.ts";
import { Environment } from "./environment.ts";
import { openReceivers, openSecrets } from "./receivers.ts";
import { deadLettersUrl, type World } from "./world.ts";

/** An environment with its function in it. */
export interface Host {
  readonly environment: Environment;
  handle(event: SQSEvent, context: Context): Promise<SQSBatchResponse>;
}

/** What a queue's work is done by. */
export interface QueueFunction {
  readonly name: string;
  readonly timeoutMs: number;
  open(world: World): Host;
}

/** Each runs the use case and the dependencies of its function; only receivers and secrets are others. */
export const queueFunctions = {
  deliver: {
    name: "deliver",
    timeoutMs: 60_000,
    open(world) {
      const environment = new Environment(world);
      let batch: readonly Item<DeliveryWork>[] = [];
      const client = openReceivers(world, environment, () => batch.map(({ job }) => job));
      const deps = { ...openDeliverDeps(environment.platform), client, vault: openSecrets() };
      const handle = queueWorker(
        DeliveryWork,
        (items, opened: typeof deps, timeLeftMs) => {
          batch = items;
          return deliver(items, opened, timeLeftMs);
        },
        () => deps,
      );
      return { environment, handle };
    },
  },
  fanOut: {
    name: "fanOut",
    timeoutMs: 30_000,
    open(world) {
      const environment = new Environment(world);
      const handle = queueWorker(FanOutJob, fanOut, () => openFanOutDeps(environment.platform));
      return { environment, handle };
    },
  },
  ingest: {
    name: "ingest",
    timeoutMs: 30_000,
    open(world) {
      const environment = new Environment(world);
      const deps = openIngestDeps(environment.platform, deadLetters);
      return { environment, handle: ingestWorker(() => deps) };
    },
  },
  recover: {
    name: "recover",
    timeoutMs: 30_000,
    open(world) {
      const environment = new Environment(world);
      const handle = queueWorker(RecoveryStep, recover, () =>
        openRecoverDeps(environment.platform),
      );
      return { environment, handle };
    },
  },
} as const satisfies Record<string, QueueFunction>;

/** Every queue has the same one. */
const deadLetters = {
  redrivePolicy: async () => JSON.stringify({ deadLetterTargetArn: deadLettersUrl }),
};

export function isAttempt(work: unknown): work is DeliveryJob {
  return typeof work === "object" && work !== null && "message" in work && "attempt" in work;
}
