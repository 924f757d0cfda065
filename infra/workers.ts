import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { MakeFunction } from "./make-function.ts";
import { consumes, consumesNewRows } from "./permissions/consumers.ts";
import type { Queues } from "./queues.ts";
import type { Settings } from "./settings/settings.ts";
import type { Storage } from "./storage.ts";

/** Of a queue without a source: some thousand messages a second. */
const ingestConcurrency = 10;

/** What runs without being asked over HTTP. */
export class Workers extends Construct {
  constructor(
    scope: Construct,
    id: string,
    makeFunction: MakeFunction,
    queues: Queues,
    storage: Storage,
    settings: Settings,
  ) {
    super(scope, id);
    const enabled = !settings.paused;

    const deliver = makeFunction(this, "deliver", {
      mayLoop: true,
      memoryMb: settings.deliverMemoryMb,
      reservedConcurrency: settings.deliverReservedConcurrency,
    });
    const { deliveryConcurrency, newcomerConcurrency, slowConcurrency, retryConcurrency } =
      settings;
    for (const { queue } of queues.deliveries) {
      consumes(deliver, queue, { maximumConcurrency: deliveryConcurrency, enabled });
    }
    consumes(deliver, queues.newcomer.queue, { maximumConcurrency: newcomerConcurrency, enabled });
    consumes(deliver, queues.slow.queue, { maximumConcurrency: slowConcurrency, enabled });
    consumes(deliver, queues.retry.queue, { maximumConcurrency: retryConcurrency, enabled });

    // Also while paused: what it sends then waits in the retry queue, which holds it for 14 days.
    const sweep = makeFunction(this, "sweep");
    // The next minute's sweep does what this one could not; Lambda would try for hours, twice each.
    const once = { retryAttempts: 0, maxEventAge: Duration.seconds(60) };
    sweep.configureAsyncInvoke(once);
    new Rule(this, "EveryMinute", {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweep, once)],
    });

    const fanOut = makeFunction(this, "fanOut", { mayLoop: true });
    const { fanOutConcurrency } = settings;
    consumes(fanOut, queues.fanOut.queue, { maximumConcurrency: fanOutConcurrency, enabled });

    // Also while paused, as publish does: what it accepts waits in the delivery queues.
    if (settings.ingest) {
      const ingest = makeFunction(this, "ingest", { mayLoop: true });
      for (const { queue, source } of queues.ingests) {
        const maximumConcurrency = source?.maxConcurrency ?? ingestConcurrency;
        consumes(ingest, queue, { maximumConcurrency, enabled: true });
      }
    }

    // Also while paused, likewise.
    if (storage.outbox) {
      const outbox = makeFunction(this, "outbox", { mayLoop: true });
      consumesNewRows(outbox, storage.outbox);
      outbox.configureAsyncInvoke(once);
      new Rule(this, "OutboxEveryMinute", {
        schedule: Schedule.rate(Duration.minutes(1)),
        targets: [new LambdaFunction(outbox, once)],
      });
    }

    // One step at a time: it may hold a hundred long values. Steps are short and a second apart.
    const recover = makeFunction(this, "recover", { mayLoop: true });
    consumes(recover, queues.recover.queue, { batchSize: 1, maximumConcurrency: 5, enabled });
  }
}
