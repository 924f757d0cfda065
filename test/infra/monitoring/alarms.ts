import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod/mini";

const Metric = z.looseObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.optional(z.array(z.object({ Name: z.string(), Value: z.unknown() }))),
});
export type Metric = z.infer<typeof Metric>;

const Joined = z.object({ "Fn::Join": z.tuple([z.literal(""), z.array(z.unknown())]) });

const Entry = z.looseObject({
  Id: z.string(),
  Expression: z.optional(z.union([z.string(), Joined])),
  MetricStat: z.optional(z.object({ Metric, Period: z.number(), Stat: z.string() })),
});

const Alarm = z.looseObject({
  AlarmDescription: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.optional(z.number()),
  TreatMissingData: z.string(),
  AlarmActions: z.optional(z.array(z.unknown())),
  Statistic: z.optional(z.string()),
  Metrics: z.optional(z.array(Entry)),
});

/** A query of an alarm: the metric that it asks for, and how it puts together what it finds. */
export interface Query {
  readonly select: string;
  readonly metric: Metric;
  /** Only a metric with this dimension and no other; otherwise also those that have others beside it. */
  readonly isExact: boolean;
}

export type Alarm = z.infer<typeof Alarm> & {
  heading: string;
  /** All metrics that it looks at, asked for or named. */
  metrics: Metric[];
  /** Instead of metrics by their names. */
  query: Query | undefined;
};

/** Every alarm of a template, with the heading that it names and all metrics that it looks at. */
export function alarmsOf(template: Template): Alarm[] {
  const resources = Object.values(template.findResources("AWS::CloudWatch::Alarm"));
  return resources.map(({ Properties }) => {
    const alarm = z.parse(Alarm, Properties);
    const heading = /^(.+): see docs\/runbook\.md$/.exec(alarm.AlarmDescription)?.[1];
    if (!heading) throw new Error(`no heading is named by "${alarm.AlarmDescription}"`);
    const query = alarm.Metrics?.map(({ Expression }) => queryIn(Expression)).find(Boolean);
    if (query) return { ...alarm, heading, metrics: [query.metric], query };
    const named = alarm.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    return { ...alarm, heading, metrics: named ?? [z.parse(Metric, Properties)], query };
  });
}

const syntax =
  /^SELECT (SUM|MAX)\("(\w+)"\) FROM (?:SCHEMA\("([\w/]+)", "(\w+)"\)|"([\w/]+)") WHERE "(\w+)" = '(.+)'$/;

/** Of what CloudWatch understands, the little that our alarms say. */
function queryIn(expression: z.infer<typeof Entry>["Expression"] = ""): Query | undefined {
  const parts = typeof expression === "string" ? [expression] : expression["Fn::Join"][1];
  const [value] = parts.filter((part) => typeof part !== "string");
  const text = parts.map((part) => (typeof part === "string" ? part : "?")).join("");
  if (!text.startsWith("SELECT")) return undefined;
  const [all, select = "", MetricName = "", exactly, only, within, Name = "", asked] =
    syntax.exec(text) ?? [];
  if (!all || (exactly && only !== Name)) throw new Error(`not understood: ${text}`);
  const Dimensions = [{ Name, Value: value ?? asked }];
  const metric = { Namespace: exactly ?? within ?? "", MetricName, Dimensions };
  return { select, metric, isExact: exactly !== undefined };
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
