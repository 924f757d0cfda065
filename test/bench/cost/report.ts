import { markdownTable } from "../markdown-table.ts";
import { assumptionLines } from "./assumptions.ts";
import { type Bill, totalOf } from "./bill.ts";
import { type CostFigures, type Fill, fills, withFailures } from "./figures.ts";
import { batchBill, batchBillWithEveryRow, billToOne, singleBill } from "./goals.ts";
import type { Work } from "./measured-work.ts";

/** The figures in Markdown: what is used, what that costs, and what was taken for granted. */
export function costReport(figures: CostFigures, valueBytes: number): string {
  return [
    `AWS calls and units, each per publish or per delivery:`,
    usageTable(figures),
    "US dollars per million publishes, each delivered once, 1 % of the attempts failing:",
    billTable(figures),
    assumptionLines(valueBytes)
      .map((line) => `- ${line}`)
      .join("\n"),
  ].join("\n\n");
}

function usageTable(figures: CostFigures): string {
  const { publish, delivery, deliveryToOne, uncounted, batchedPublish, batchedDelivery } = figures;
  const deliveries = fills.flatMap((fill): [string, Work][] => [
    [`delivery, fill ${fill}`, delivery[fill]],
    [`delivery, fill ${fill}, 1 % fail`, withFailures(figures, fill)],
  ]);
  const rows: [string, Work][] = [
    ["publish", publish],
    ...deliveries,
    ["delivery, fill 8, one webhook", deliveryToOne],
    ["delivery, fill 8, not counted", uncounted.delivery[8]],
    ["delivery, fill 8, one webhook, not counted", uncounted.deliveryToOne],
    ["delivery, fill 10, not counted", uncounted.delivery[10]],
    ["publish, 10 by publishBatch, no retention", batchedPublish],
    ["delivery of those, fill 10", batchedDelivery],
  ];
  return markdownTable(
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
    ["fill 8, one webhook", billToOne(figures)],
    ["publishBatch ×10, no retention, rows of failures only", batchBill(figures)],
    ["the same with every row", batchBillWithEveryRow(figures)],
  ];
  // The keys are those of a bill.
  const names = Object.keys(billNames) as (keyof Bill)[];
  return markdownTable(
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
