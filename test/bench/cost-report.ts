import { assumptionLines } from "./cost-assumptions.ts";
import { type Bill, totalOf } from "./cost-bill.ts";
import { type CostFigures, type Fill, fills } from "./cost-figures.ts";
import {
  batchBill,
  batchBillWithoutSuccessRows,
  type Goal,
  singleBill,
  withFailures,
} from "./cost-goals.ts";
import type { Work } from "./measured-work.ts";

/** The figures in Markdown: goals, what is used, what that costs, and what was taken for granted. */
export function costReport(figures: CostFigures, goals: Goal[], valueBytes: number): string {
  return [
    goalTable(goals),
    `AWS calls and units, each per publish or per delivery:`,
    usageTable(figures),
    "US dollars per million publishes, each delivered once, 1 % of the attempts failing:",
    billTable(figures),
    assumptionLines(valueBytes)
      .map((line) => `- ${line}`)
      .join("\n"),
  ].join("\n\n");
}

function goalTable(goals: Goal[]): string {
  return table(
    ["goal", "at most", "figure", "verdict"],
    goals.map(({ what, unit, atMost, figure, isMet }) => [
      `${what}, ${unit === "USD" ? "USD per million" : "AWS calls"}`,
      atMost.toFixed(2),
      figure.toFixed(2),
      isMet ? "met" : "**missed**",
    ]),
  );
}

function usageTable(figures: CostFigures): string {
  const { publish, delivery, batchedPublish, batchedDelivery } = figures;
  const deliveries = fills.flatMap((fill): [string, Work][] => [
    [`delivery, fill ${fill}`, delivery[fill]],
    [`delivery, fill ${fill}, 1 % fail`, withFailures(figures, fill)],
  ]);
  const rows: [string, Work][] = [
    ["publish", publish],
    ...deliveries,
    ["publish, 10 by publishBatch, no retention", batchedPublish],
    ["delivery of those, fill 10", batchedDelivery],
  ];
  return table(
    ["", "AWS calls", "write units", "read units", "SQS requests", "CPU ms", "log bytes"],
    rows.map(([name, work]) => [
      name,
      work.calls.toFixed(2),
      work.writeUnits.toFixed(2),
      work.readUnits.toFixed(2),
      work.sqsRequests.toFixed(2),
      work.cpuMs.toFixed(2),
      work.logBytes.toFixed(0),
    ]),
  );
}

const billNames: Record<keyof Bill, string> = {
  apiGateway: "API Gateway",
  lambdaRequests: "Lambda, requests",
  lambdaTime: "Lambda, time",
  dynamoDbWrites: "DynamoDB, writes",
  dynamoDbReads: "DynamoDB, reads",
  queues: "SQS",
  logs: "logs",
  egress: "egress",
};

function billTable(figures: CostFigures): string {
  const columns: [string, Bill][] = [
    ...fills.map((fill: Fill): [string, Bill] => [`fill ${fill}`, singleBill(figures, fill)]),
    ["publishBatch ×10, no retention", batchBill(figures)],
    ["the same without success rows", batchBillWithoutSuccessRows(figures)],
  ];
  // The keys are those of a bill.
  const names = Object.keys(billNames) as (keyof Bill)[];
  return table(
    ["", ...columns.map(([name]) => name)],
    [
      ...names.map((name) => [billNames[name], ...columns.map(([, bill]) => usd(bill[name]))]),
      ["**together**", ...columns.map(([, bill]) => `**${usd(totalOf(bill))}**`)],
    ],
  );
}

function usd(amount: number): string {
  return amount.toFixed(2);
}

/** Names to the left, numbers to the right, all columns aligned. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, n) =>
    Math.max(3, ...[head, ...rows].map((row) => row[n]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, n) =>
    n === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
