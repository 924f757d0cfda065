import type { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";

/** Which metrics, how they are put together in each period, and of which one resource they are. */
export interface MetricQuery {
  readonly select: "SUM" | "MAX";
  readonly metricName: string;
  readonly namespace: string;
  /** The one dimension that is asked for. */
  readonly dimension: string;
  readonly value: string;
  /** Also metrics that have further dimensions, such as a table's indexes; default: false. */
  readonly withFurtherDimensions?: boolean;
}

/**
 * A query instead of the metric itself, for what only trouble writes. An alarm on a metric costs $0.10 a month. One on a
 * query costs that for each metric that the query finds, by the hour, and a metric without numbers is not found.
 */
export function queried(query: MetricQuery, period: Duration): MathExpression {
  const { select, metricName, namespace, dimension, value, withFurtherDimensions } = query;
  const from = withFurtherDimensions ? `"${namespace}"` : `SCHEMA("${namespace}", "${dimension}")`;
  return new MathExpression({
    expression: `SELECT ${select}("${metricName}") FROM ${from} WHERE "${dimension}" = '${value}'`,
    period,
  });
}
