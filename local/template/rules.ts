import * as z from "zod/mini";
import { ruleArn } from "../aws/arn.ts";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A rule that invokes functions at a fixed rate. */
export interface RateRule {
  arn: string;
  periodMs: number;
  targets: RateTarget[];
}

export interface RateTarget {
  functionName: string;
  /** What the function gets in place of the scheduled event. */
  input: unknown;
}

const RuleProperties = z.object({
  ScheduleExpression: z.optional(z.string()),
  State: z._default(z.string(), "ENABLED"),
  Targets: z._default(z.array(z.object({ Arn: z.string(), Input: z.optional(z.string()) })), []),
});

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The rules with a schedule that are switched on. */
export function readRules(resources: Resource[], functions: LambdaFunction[]): RateRule[] {
  return ofType(resources, "AWS::Events::Rule").flatMap((resource) => {
    const { ScheduleExpression, State, Targets } = parseProperties(RuleProperties, resource);
    if (State === "DISABLED" || ScheduleExpression === undefined) return [];
    return {
      arn: ruleArn(resource.name),
      periodMs: periodMsOf(ScheduleExpression, resource.logicalId),
      targets: Targets.map(({ Arn, Input }) => ({
        functionName: functionBehind(functions, Arn, resource.logicalId).name,
        input: Input === undefined ? undefined : JSON.parse(Input),
      })),
    };
  });
}

function periodMsOf(expression: string, owner: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const periodMs = Number(count) * (unitMs[unit ?? ""] ?? Number.NaN);
  if (periodMs > 0) return periodMs;
  throw new Error(`${owner}: only rate(…) schedules run here, not ${expression}`);
}
