import * as z from "zod/mini";
import { defaultBus, ruleArn } from "../aws/arn.ts";
import { busNameOf } from "./identity.ts";
import { assertMaySend } from "./queue-policies.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A rule that sends the events of a bus that match to queues. */
export interface EventRule {
  logicalId: string;
  name: string;
  arn: string;
  busName: string;
  /** As EventBridge words it. */
  pattern: Record<string, unknown>;
  targets: EventTarget[];
}

/** A queue and what it gets of an event: the whole unless one of the three says otherwise. */
export interface EventTarget {
  queueArn: string;
  /** Gets what the queue does not take. */
  deadLetterArn: string | undefined;
  input: string | undefined;
  inputPath: string | undefined;
  transformer: { paths: Record<string, string>; template: string } | undefined;
}

const QueueArn = z
  .string()
  .check(z.startsWith("arn:aws:sqs:", "only queues are targets of events here"));

const Target = z.object({
  Arn: QueueArn,
  DeadLetterConfig: z.optional(z.object({ Arn: z.optional(QueueArn) })),
  Input: z.optional(z.string()),
  InputPath: z.optional(z.string()),
  InputTransformer: z.optional(
    z.object({
      InputPathsMap: z._default(z.record(z.string(), z.string()), {}),
      InputTemplate: z.string(),
    }),
  ),
});

const RuleProperties = z.object({
  EventBusName: z._default(z.string(), defaultBus),
  EventPattern: z.optional(z.record(z.string(), z.unknown())),
  State: z._default(z.string(), "ENABLED"),
  Targets: z._default(z.array(z.unknown()), []),
});

/** The rules with a pattern that are switched on. */
export function readEventRules(resources: Resource[]): EventRule[] {
  return ofType(resources, "AWS::Events::Rule").flatMap((resource) => {
    const { EventPattern, EventBusName, State, Targets } = parseProperties(
      RuleProperties,
      resource,
    );
    if (State === "DISABLED" || EventPattern === undefined) return [];
    const { logicalId, name } = resource;
    const busName = busNameOf(EventBusName) ?? defaultBus;
    const arn = ruleArn(name, busName);
    const sender = { service: "events.amazonaws.com", sourceArn: arn };
    const targets = Targets.map((properties) => {
      const target = parseProperties(Target, { ...resource, properties });
      assertMaySend(resources, logicalId, target.Arn, sender);
      return targetOf(target);
    });
    return { logicalId, name, arn, busName, pattern: EventPattern, targets };
  });
}

/** The names of all buses. */
export function readBuses(resources: Resource[]): string[] {
  return [defaultBus, ...ofType(resources, "AWS::Events::EventBus").map(({ name }) => name)];
}

function targetOf(target: z.infer<typeof Target>): EventTarget {
  const { InputTransformer: transformer } = target;
  return {
    queueArn: target.Arn,
    deadLetterArn: target.DeadLetterConfig?.Arn,
    input: target.Input,
    inputPath: target.InputPath,
    transformer: transformer && {
      paths: transformer.InputPathsMap,
      template: transformer.InputTemplate,
    },
  };
}
