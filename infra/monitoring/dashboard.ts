import { Aws, Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { MetricName } from "../../shared/contract/metrics.ts";
import type { WorkQueue } from "../constructs/work-queue.ts";
import type { Settings } from "../settings/settings.ts";
import type { Watched } from "./alarms.ts";
import {
  accountConcurrency,
  alongMessagePath,
  failedAnswers,
  ourMetric,
  tableThrottles,
  throttleMetrics,
} from "./cloudwatch-metrics.ts";

/** Graphs beside each other, by their titles. */
type Row = Readonly<Record<string, IMetric[]>>;

const most = { statistic: Stats.MAXIMUM };
const fullWidth = 24;

/** The health of the service on one page: what goes through, what waits, and how the functions cope. */
export function addDashboard(scope: Construct, watched: Watched): void {
  const { settings } = watched;
  if (!settings.dashboard) return;
  const rows = [throughput(settings), times(settings), waiting(watched), load(watched)];
  new Dashboard(scope, "Dashboard", {
    // Dashboards of all regions share one list.
    dashboardName: `${settings.stackName}-${Aws.REGION}`,
    defaultInterval: Duration.hours(12),
    widgets: rows.map(graphs),
  });
}

function graphs(row: Row): GraphWidget[] {
  const width = Math.floor(fullWidth / Object.keys(row).length);
  return Object.entries(row).map(
    ([title, left]) => new GraphWidget({ title, left, width, leftYAxis: { min: 0 } }),
  );
}

function throughput(settings: Settings): Row {
  const counts = (...names: MetricName[]) => names.map((name) => ourMetric(name, settings));
  return {
    "Messages and deliveries": counts("Accepted", "Delivered", "Failed"),
    "To be tried again, put aside": counts("Retried", "Parked", "Limited"),
    "Events told and suppressed": counts("Events", "EventsSuppressed"),
    "Refused keys, hops, bodies and rows, unwritten log rows": [
      ...counts("Denied", "HopsRefused", "SchemaFaults", "Unrecorded"),
      ...(settings.ingest ? counts("IngestRefused") : []),
      ...outboxMetric("OutboxRefused", settings),
    ],
  };
}

/** Only where there is an outbox: a dashboard of more than 50 metrics is not free. */
function outboxMetric(name: MetricName, settings: Settings): IMetric[] {
  return settings.outbox ? [ourMetric(name, settings, most)] : [];
}

function times(settings: Settings): Row {
  const spread = (name: MetricName) =>
    [50, 99].map((percent) =>
      ourMetric(name, settings, { statistic: Stats.percentile(percent), label: `p${percent}` }),
    );
  return {
    "Attempt latency, ms": spread("AttemptLatency"),
    "Dwell in a queue, ms": spread("QueueDwell"),
    "Oldest undelivered message and outbox row, s": [
      ourMetric("OldestUndelivered", settings, most),
      ...outboxMetric("OutboxOldest", settings),
    ],
    "Sweeper lag, s": [ourMetric("SweeperLag", settings, most)],
  };
}

function waiting({ queues }: Watched): Row {
  const named: [string, WorkQueue][] = [
    ...queues.deliveries.map((each, shard): [string, WorkQueue] => [`delivery ${shard + 1}`, each]),
    ["newcomer", queues.newcomer],
    ["slow", queues.slow],
    ["retry", queues.retry],
    ["fan-out", queues.fanOut],
    ["recover", queues.recover],
    ...queues.ingests.map((each): [string, WorkQueue] => [
      ["ingest", each.source?.name].filter(Boolean).join(" "),
      each,
    ]),
  ];
  // Few wait in these two at any time, and a dashboard of more than 50 metrics is not free.
  const deep = named.filter(([, queue]) => queue !== queues.newcomer && queue !== queues.recover);
  const aging = named.filter(([, queue]) => queue !== queues.recover);
  return {
    "Messages in queues": deep.map(([label, { queue }]) =>
      queue.metricApproximateNumberOfMessagesVisible({ ...most, label }),
    ),
    "Oldest message in queues, s": aging.map(([label, { queue }]) =>
      queue.metricApproximateAgeOfOldestMessage({ ...most, label }),
    ),
    "Dead letters": named.map(([label, { deadLetters }]) =>
      deadLetters.metricApproximateNumberOfMessagesVisible({ ...most, label }),
    ),
  };
}

function load({ functions, httpApi, storage }: Watched): Row {
  const { ofApi, ofUrl } = failedAnswers(httpApi, functions);
  const errors = alongMessagePath(functions, (fn, label) => fn.metricErrors({ label }));
  const deliver = functions.get("deliver")?.metric("ConcurrentExecutions", {
    ...most,
    label: "deliver",
  });
  return {
    "Function errors": Object.values(errors),
    Throttles: Object.values(throttleMetrics(functions)),
    "Functions at once": [accountConcurrency(), ...(deliver ? [deliver] : [])],
    "5xx of the API": [
      ofApi.with({ label: "5xx" }),
      ...(ofUrl ? [ofUrl.with({ label: "5xx of the publish URL" })] : []),
    ],
    // Those that every message writes to; a dashboard of more than 50 metrics is not free.
    "Writes that DynamoDB throttled": [
      tableThrottles(storage.messages, "WriteThrottleEvents", "messages"),
      tableThrottles(storage.deliveries, "WriteThrottleEvents", "deliveries"),
    ],
  };
}
