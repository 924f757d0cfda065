import * as z from "zod/mini";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A stream of a table whose records a function is invoked with. */
export interface StreamSource {
  logicalId: string;
  streamArn: string;
  functionName: string;
  batchSize: number;
  /** Records with other names are stepped over; undefined: all of them. */
  eventNames: readonly string[] | undefined;
  /** Older records are stepped over; undefined: none. */
  maxRecordAgeSeconds: number | undefined;
  /** After the first try. */
  retryAttempts: number;
}

/** The only filter that runs here. */
const EventNames = z.strictObject({ eventName: z.array(z.string()) });

const Pattern = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const pattern = EventNames.safeParse(JSON.parse(text));
    if (pattern.success) return pattern.data.eventName;
    context.issues.push({ code: "custom", message: "only eventName is filtered by", input: text });
    return z.NEVER;
  }),
);

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  StartingPosition: z.literal("TRIM_HORIZON", { error: "streams are read from their beginning" }),
  BatchSize: z._default(z.coerce.number(), 100),
  FilterCriteria: z.optional(z.object({ Filters: z.array(z.object({ Pattern })) })),
  MaximumRecordAgeInSeconds: z._default(z.coerce.number(), -1),
  MaximumRetryAttempts: z._default(z.coerce.number(), -1),
  FunctionResponseTypes: z.optional(z.undefined({ error: "a batch of a stream has one result" })),
  Enabled: z._default(z.boolean(), true),
});

export function isStream(resource: Resource): boolean {
  const { EventSourceArn } = Object(resource.properties);
  return String(EventSourceArn).startsWith("arn:aws:dynamodb:");
}

/** The mappings of streams that are switched on. */
export function readStreamSources(
  resources: Resource[],
  functions: LambdaFunction[],
): StreamSource[] {
  const mappings = ofType(resources, "AWS::Lambda::EventSourceMapping").filter(isStream);
  return mappings.flatMap((resource) => {
    const properties = parseProperties(MappingProperties, resource);
    if (!properties.Enabled) return [];
    const { logicalId } = resource;
    const { MaximumRecordAgeInSeconds: age, MaximumRetryAttempts: tries } = properties;
    return {
      logicalId,
      streamArn: properties.EventSourceArn,
      functionName: functionBehind(functions, properties.FunctionName, logicalId).name,
      batchSize: properties.BatchSize,
      eventNames: properties.FilterCriteria?.Filters.flatMap((filter) => filter.Pattern),
      maxRecordAgeSeconds: age < 0 ? undefined : age,
      retryAttempts: tries < 0 ? Number.POSITIVE_INFINITY : tries,
    };
  });
}
