import * as z from "zod/mini";
import type { Resources } from "../../support/service/edited-assembly.ts";

export interface Waits {
  /** After how long a message comes back that a function did not finish; long, so that only a fault makes it. */
  visibilitySeconds: number;
  /** How often a message may come back before it is given up. */
  maxReceiveCount: number;
  retryScheduleSeconds: number[];
  /** Parked deliveries that go back to one webhook in a second, at most. */
  maxDrainRate: number;
  /** Deliveries that one recovery sends in a second, at most. */
  recoverRate: number;
}

const Queue = z.looseObject({ RedrivePolicy: z.optional(z.looseObject({})) });
const Rule = z.looseObject({ State: z.string() });
const LambdaFunction = z.looseObject({
  Environment: z.optional(z.looseObject({ Variables: z.record(z.string(), z.unknown()) })),
});

/**
 * Makes queues and retries as fast as tests need, and sets other variables of the functions; nothing
 * sweeps but a test.
 */
export function shortenWaits(
  resources: Resources,
  {
    visibilitySeconds = 30,
    maxReceiveCount = 100,
    retryScheduleSeconds = [1, 1, 1, 1],
    maxDrainRate = 200,
    recoverRate = 100,
  }: Partial<Waits>,
  others: Readonly<Record<string, string>> = {},
): void {
  const settings = {
    RETRY_SCHEDULE_SECONDS: retryScheduleSeconds.join(","),
    MAX_DRAIN_RATE: String(maxDrainRate),
    RECOVER_RATE: String(recoverRate),
  };
  for (const resource of Object.values(resources)) {
    if (resource.Type === "AWS::SQS::Queue") {
      const queue = Queue.parse(resource.Properties);
      if (queue.RedrivePolicy)
        resource.Properties = {
          ...queue,
          VisibilityTimeout: visibilitySeconds,
          RedrivePolicy: { ...queue.RedrivePolicy, maxReceiveCount },
        };
    }
    if (resource.Type === "AWS::Events::Rule") {
      resource.Properties = { ...Rule.parse(resource.Properties), State: "DISABLED" };
    }
    if (resource.Type === "AWS::Lambda::Function") {
      const fn = LambdaFunction.parse(resource.Properties);
      const variables = fn.Environment?.Variables ?? {};
      for (const [name, value] of Object.entries(settings)) {
        if (name in variables) variables[name] = value;
      }
      Object.assign(variables, others);
      resource.Properties = fn;
    }
  }
}
