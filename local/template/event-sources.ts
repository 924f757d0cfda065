import * as z from "zod/mini";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";
import { isStream } from "./stream-sources.ts";

/** A queue whose messages a function is invoked with. */
export interface EventSource {
  logicalId: string;
  queueArn: string;
  functionName: string;
  batchSize: number;
  batchingWindowSeconds: number;
  maximumConcurrency: number;
  reportsItemFailures: boolean;
}

// What Lambda allows at most when a mapping names no limit of its own.
const unlimitedConcurrency = 1000;

const MappingProperties = z.object({
  EventSourceArn: z.string().check(z.startsWith("arn:aws:sqs:")),
  FunctionName: z.string(),
  BatchSize: z._default(z.coerce.number(), 10),
  MaximumBatchingWindowInSeconds: z._default(z.coerce.number(), 0),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.optional(z.coerce.number()) })),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  Enabled: z._default(z.boolean(), true),
  FilterCriteria: z.optional(z.undefined({ error: "filters do not run here" })),
});

/** The mappings of queues that are switched on. */
export function readEventSources(
  resources: Resource[],
  functions: LambdaFunction[],
): EventSource[] {
  const mappings = ofType(resources, "AWS::Lambda::EventSourceMapping");
  return mappings.flatMap((resource) => {
    if (isStream(resource)) return [];
    const properties = parseProperties(MappingProperties, resource);
    if (!properties.Enabled) return [];
    const { logicalId } = resource;
    return {
      logicalId,
      queueArn: properties.EventSourceArn,
      functionName: functionBehind(functions, properties.FunctionName, logicalId).name,
      batchSize: properties.BatchSize,
      batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? unlimitedConcurrency,
      reportsItemFailures: properties.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    };
  });
}
