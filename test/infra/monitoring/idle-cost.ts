import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod/mini";
import { type Alarm, alarmsOf } from "./alarms.ts";

/** US dollars a month of 30 days at the list prices of us-east-1, November 2026; `free`: with what stays free for ever. */
export interface IdleCost {
  readonly list: number;
  readonly free: number;
}

const minutes = 60 * 24 * 30;
/** Lambda polls with so many at least, and waits 20 seconds for each answer. */
const receivesPerMapping = 5 * 3 * minutes;
const prices = {
  kmsKey: 1,
  alarmMetric: 0.1,
  metric: 0.3,
  dashboard: 3,
  millionReceives: 0.4,
  natGateway: 32.4,
  address: 3.6,
};
const free = { alarmMetrics: 10, metrics: 10, dashboardMetrics: 50, receives: 1e6 };

/** Each as the items of docs/deploy.md have it: reads, function, log and the keys of the tables. */
const sweeper = { reads: 0.11, function: 0.04, log: 0.01, tableKeys: 0.05 };

const Mapping = z.object({ Enabled: z._default(z.boolean(), true) });

/** What a deployment costs in a month in which nothing happens, item by item: those of the table in docs/deploy.md. */
export function idleItems(template: Template): Record<string, IdleCost> {
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  const alarmMetrics = namedMetrics(alarmsOf(template));
  const metrics = idleMetrics(template);
  const receives = pollingMappings(template) * receivesPerMapping;
  const outbox = count("AWS::Events::Rule") - 1;
  const perSweep = sweeper.function + sweeper.log;
  return {
    "KMS key": same(count("AWS::KMS::Key") * prices.kmsKey),
    Alarms: beyond(alarmMetrics, free.alarmMetrics, prices.alarmMetric),
    "Metrics of our own": beyond(metrics, free.metrics, prices.metric),
    Dashboard: dashboardCost(template),
    "Empty receives": beyond(receives, free.receives, prices.millionReceives / 1e6),
    "Sweeper, reads": same(sweeper.reads),
    "Sweeper, function": { list: sweeper.function, free: 0 },
    "Sweeper, log": { list: sweeper.log, free: 0 },
    "Keys of the tables": { list: sweeper.tableKeys, free: 0 },
    "Sweeps of the outbox": { list: outbox * perSweep, free: 0 },
    "NAT gateways": same(count("AWS::EC2::NatGateway") * prices.natGateway),
    Addresses: same(count("AWS::EC2::EIP") * prices.address),
  };
}

/**
 * What alarms cost by: the metrics that they name. A query costs the metrics that it finds in an hour, and those that are
 * asked for have no numbers while nothing happens.
 */
export function namedMetrics(alarms: readonly Alarm[]): number {
  const named = alarms.filter(({ query }) => query === undefined);
  return named.reduce((sum, { metrics }) => sum + metrics.length, 0);
}

export function idleCost(template: Template): IdleCost {
  const items = Object.values(idleItems(template));
  const sum = (of: keyof IdleCost) => cents(items.reduce((total, item) => total + item[of], 0));
  return { list: sum("list"), free: sum("free") };
}

/** Of those that are written each minute, whatever happens: by the sweep one, by the outbox two. */
function idleMetrics(template: Template): number {
  const written = { Sweep: 1, Outbox: 2 };
  const functions = Object.entries(template.findResources("AWS::Lambda::Function"));
  return Object.entries(written).reduce((sum, [name, count]) => {
    const writes = functions.some(
      ([id, { Properties }]) =>
        id.slice(0, -8) === `Workers${name}` &&
        Properties.Environment.Variables.METRICS_STACK !== undefined,
    );
    return sum + (writes ? count : 0);
  }, 0);
}

/** Streams are polled for nothing. */
function pollingMappings(template: Template): number {
  const mappings = Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
  return mappings.filter(
    ({ Properties }) =>
      z.parse(Mapping, Properties).Enabled && Properties.StartingPosition === undefined,
  ).length;
}

function dashboardCost(template: Template): IdleCost {
  const metrics = dashboardMetrics(template);
  if (metrics === 0) return same(0);
  return { list: prices.dashboard, free: metrics > free.dashboardMetrics ? prices.dashboard : 0 };
}

/** How many metrics are on the dashboard; 0 where there is none. */
export function dashboardMetrics(template: Template): number {
  const [dashboard] = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));
  if (!dashboard) return 0;
  const parts: unknown[] = dashboard.Properties.DashboardBody["Fn::Join"][1];
  const body = JSON.parse(parts.map((part) => (typeof part === "string" ? part : "x")).join(""));
  const widgets: { properties: { metrics: unknown[] } }[] = body.widgets;
  return widgets.reduce((sum, { properties }) => sum + properties.metrics.length, 0);
}

function beyond(count: number, freeCount: number, price: number): IdleCost {
  return { list: cents(count * price), free: cents(Math.max(0, count - freeCount) * price) };
}

function same(amount: number): IdleCost {
  return { list: cents(amount), free: cents(amount) };
}

/** Halves up. */
function cents(amount: number): number {
  return Math.round(amount * 100 + 1e-6) / 100;
}
