import { markdownTable } from "../markdown-table.ts";
import { type Bill, billOf, totalOf } from "./bill.ts";
import type { OutboxEntry, QueueEntry } from "./entry-figures.ts";
import { type CostFigures, withFailures } from "./figures.ts";
import type { Work } from "./measured-work.ts";
import { prices } from "./prices.ts";
import { noUsage, plus, type Usage } from "./usage.ts";

/** A way for a message to get in. */
export interface Way {
  functionName: "publish" | "publishBatch" | "publishByUrl" | "ingest" | "outbox";
  accepted: Work;
  /** What whoever sends to the queue, or writes to the outbox, pays for. */
  sent: Usage;
  /** The part of `accepted` that is about rows of the outbox. */
  rows?: Usage;
  /** Events of EventBridge. */
  events: number;
}

/** Publish by the publish URL. */
export function urlWay(accepted: Work): Way {
  return { functionName: "publishByUrl", accepted, sent: noUsage, events: 0 };
}

export function queueWay({ accepted, sent }: QueueEntry, events = 0): Way {
  return { functionName: "ingest", accepted, sent, events };
}

function outboxWay({ accepted, sent, rows }: OutboxEntry): Way {
  return { functionName: "outbox", accepted, sent, rows, events: 0 };
}

/** US dollars per million for the message to be taken in: all but what it takes to keep it and to send it on. */
export function intakeOf(way: Way): number {
  const { accepted, functionName, rows = noUsage } = way;
  const { fairRequests } = accepted;
  const writeUnits = accepted.writeUnits - rows.writeUnits;
  const readUnits = accepted.readUnits - rows.readUnits;
  const kept = { ...noUsage, writeUnits, readUnits, fairRequests, sqsRequests: fairRequests };
  return totalOf(billOf(functionName, plus(accepted, asWork(kept), -1))) + outsideOf(way);
}

/** The whole way: taken in, kept, and delivered at fill 8, with 1 % of the attempts failing. */
export function totalOfWay(way: Way, figures: CostFigures, to: "each its own" | "one"): number {
  const { delivery, deliveryToOne } = figures;
  const made = to === "one" ? { ...figures, delivery: { ...delivery, 8: deliveryToOne } } : figures;
  const bill: Bill = plus(
    billOf(way.functionName, way.accepted),
    billOf("deliver", withFailures(made, 8)),
  );
  return totalOf(bill) + outsideOf(way);
}

/** Every way in by its name. */
export function entryWays(figures: CostFigures): [string, Way][] {
  const { batch, byUrl, batchByUrl, rare, oneByOne, byTen, byTenApart, outboxAlone, outbox } =
    figures.entries;
  const asked = { sent: noUsage, events: 0 };
  return [
    ["HTTP, publish", { ...asked, functionName: "publish", accepted: figures.publish }],
    ["HTTP, ten by publishBatch", { ...asked, functionName: "publishBatch", accepted: batch }],
    ["publish URL, publish", urlWay(byUrl)],
    ["publish URL, ten by publishBatch", urlWay(batchByUrl)],
    ["SQS one by one, taken up alone", queueWay(rare)],
    ["SQS one by one, taken up by ten", queueWay(oneByOne)],
    ["SQS by ten", queueWay(byTen)],
    ["SQS by ten, ten topics", queueWay(byTenApart)],
    ["EventBridge, taken up by ten", queueWay(oneByOne, 1)],
    ["outbox, taken up alone", outboxWay(outboxAlone)],
    ["outbox, taken up by ten", outboxWay(outbox)],
  ];
}

export function entrySection(figures: CostFigures): string {
  return [
    "Calls, units and CPU for each message, and US dollars per million:",
    entryTable(entryWays(figures), figures),
    "_Intake_ is what it costs until Hookcast has the message: API Gateway or SQS, the invocation, its time and the " +
      "log. The message's row, the query for subscribers and the request to the delivery queue are not part of it, " +
      "since each way needs them. _The whole way_ has all of it, and a delivery with its count, to a webhook of its " +
      "own or all to one. 1 % of the attempts fail.",
    [
      "- A function gets up to ten bodies at a time. Where messages are rare, it gets each alone, and HTTP is cheaper.",
      "- Ten bodies to one topic share the query, the request to the delivery queue, and the call that writes their rows.",
      "- EventBridge takes a price for each event of your own, and sends each to the queue by itself.",
      "- The [outbox](outbox.md) costs most, because its row belongs to a transaction of yours. A value of 2 KB needs three " +
        "write units, which count twice in a transaction. The deletion of the row takes three more, and reading it one " +
        "read unit. Your own row in the transaction also counts twice, and is not part of this. A row of up to 1 KB costs " +
        "[a third](outbox.md#what-it-costs). Lambda reads the stream for free.",
    ].join("\n"),
  ].join("\n\n");
}

function entryTable(ways: [string, Way][], figures: CostFigures): string {
  return markdownTable(
    [
      "way in",
      "calls to send",
      "AWS calls",
      "write units",
      "read units",
      "CPU ms",
      "intake",
      "the whole way, fill 8",
      "…, one webhook",
    ],
    ways.map(([name, way]) => [
      name,
      way.functionName === "ingest" || way.functionName === "outbox"
        ? way.sent.calls.toFixed(2)
        : way.accepted.invocations.toFixed(2),
      way.accepted.calls.toFixed(2),
      way.accepted.writeUnits.toFixed(2),
      way.accepted.readUnits.toFixed(2),
      way.accepted.cpuMs.toFixed(2),
      intakeOf(way).toFixed(2),
      totalOfWay(way, figures, "each its own").toFixed(2),
      totalOfWay(way, figures, "one").toFixed(2),
    ]),
  );
}

/** Calls that no function makes, per million. */
function outsideOf({ sent, events }: Way): number {
  const queue = sent.sqsRequests * prices.sqsPerRequest;
  const written = sent.writeUnits * prices.dynamoDbPerWriteUnit;
  return (queue + written + events * prices.eventBridgePerEvent) * 1e6;
}

function asWork(usage: Usage): Work {
  return { ...usage, invocations: 0, cpuMs: 0, waitMs: 0, logBytes: 0, egressBytes: 0 };
}
