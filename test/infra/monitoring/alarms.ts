import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod/mini";

const Metric = z.looseObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.optional(z.array(z.object({ Name: z.string(), Value: z.unknown() }))),
});
export type Metric = z.infer<typeof Metric>;

const Query = z.looseObject({
  Expression: z.optional(z.string()),
  MetricStat: z.optional(z.object({ Metric, Period: z.number(), Stat: z.string() })),
});

const Alarm = z.looseObject({
  AlarmDescription: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.string(),
  AlarmActions: z.optional(z.array(z.unknown())),
  Metrics: z.optional(z.array(Query)),
});
export type Alarm = z.infer<typeof Alarm> & { heading: string; metrics: Metric[] };

/** Every alarm of a template, with the heading that it names and all metrics that it looks at. */
export function alarmsOf(template: Template): Alarm[] {
  const resources = Object.values(template.findResources("AWS::CloudWatch::Alarm"));
  return resources.map(({ Properties }) => {
    const alarm = z.parse(Alarm, Properties);
    const heading = /^(.+): see docs\/runbook\.md$/.exec(alarm.AlarmDescription)?.[1];
    if (!heading) throw new Error(`no heading is named by "${alarm.AlarmDescription}"`);
    const queried = alarm.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    return { ...alarm, heading, metrics: queried ?? [z.parse(Metric, Properties)] };
  });
}

/** The resource that a metric is about. */
export function subjectOf({ Dimensions = [] }: Metric): string {
  const [dimension] = Dimensions;
  const { Ref, "Fn::GetAtt": attribute } = z.parse(Subject, dimension?.Value);
  return Ref ?? attribute?.[0] ?? "";
}

const Subject = z.looseObject({
  Ref: z.optional(z.string()),
  "Fn::GetAtt": z.optional(z.array(z.string())),
});
