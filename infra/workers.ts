import { Construct } from "constructs";
import { consumes } from "./links.ts";
import type { MakeFunction } from "./make-function.ts";
import type { Queues } from "./queues.ts";
import type { Settings } from "./settings.ts";

/** What runs without being asked over HTTP. */
export class Workers extends Construct {
  constructor(
    scope: Construct,
    id: string,
    makeFunction: MakeFunction,
    queues: Queues,
    settings: Settings,
  ) {
    super(scope, id);
    const enabled = !settings.paused;

    const deliver = makeFunction(this, "deliver", {
      mayLoop: true,
      reservedConcurrency: settings.deliverReservedConcurrency,
    });
    const { deliveryConcurrency, retryConcurrency } = settings;
    consumes(queues.delivery.queue, { maximumConcurrency: deliveryConcurrency, enabled })(deliver);
    consumes(queues.retry.queue, { maximumConcurrency: retryConcurrency, enabled })(deliver);

    const fanOut = makeFunction(this, "fanOut", { mayLoop: true });
    const { fanOutConcurrency } = settings;
    consumes(queues.fanOut.queue, { maximumConcurrency: fanOutConcurrency, enabled })(fanOut);
  }
}
