import { atMost, type Goal } from "../goal.ts";
import { assumptions } from "./assumptions.ts";
import { type Bill, billOf, totalOf } from "./bill.ts";
import { intakeOf, queueWay, totalOfWay, urlWay } from "./entry-bills.ts";
import { type CostFigures, type Fill, withFailures } from "./figures.ts";
import type { Work } from "./measured-work.ts";
import { plus } from "./usage.ts";

/** A million publishes with one subscriber, each delivered. */
export function singleBill(figures: CostFigures, fill: Fill): Bill {
  const publish = billOf("publish", figures.publish);
  return plus(publish, billOf("deliver", withFailures(figures, fill)));
}

/** The same at fill 8, where all deliveries of a batch go to one webhook. */
export function billToOne(figures: CostFigures): Bill {
  const { deliveryToOne, delivery } = figures;
  return singleBill({ ...figures, delivery: { ...delivery, 8: deliveryToOne } }, 8);
}

/** A million messages by publishBatch without retention, each delivered. */
export function batchBill({ batchedPublish, batchedDelivery, failure }: CostFigures): Bill {
  const delivery = plus(batchedDelivery, failure[10], assumptions.failureShare);
  return plus(billOf("publishBatch", batchedPublish), billOf("deliver", delivery));
}

/** The same with a row for each delivery that succeeds at once, in one call for a batch of ten. */
export function batchBillWithEveryRow(figures: CostFigures): Bill {
  const { batchedDelivery: without } = figures;
  const { writeUnits, waitMs } = without;
  const rows = { writeUnits: writeUnits + 1, waitMs: waitMs + assumptions.callMs / 10 };
  return batchBill({ ...figures, batchedDelivery: { ...without, ...rows } });
}

const atFill8 = "publish and deliver at fill 8, USD per million";
const byQueue = "by SQS in tens and deliver at fill 8, USD per million";

const byUrl = "by the publish URL and deliver at fill 8, USD per million";

/** Of a deployment with `deliveryStats: false`. */
function withoutCounts(figures: CostFigures): CostFigures {
  return { ...figures, delivery: { ...figures.delivery, ...figures.uncounted.delivery } };
}

export function costGoals(figures: CostFigures): Goal[] {
  const { publish, delivery, deliveryToOne, uncounted, entries } = figures;
  const byTen = queueWay(entries.byTen);
  const countsCost = (counted: Work, without: Work) =>
    totalOf(billOf("deliver", plus(counted, without, -1)));
  return [
    atMost("a publish with one subscriber and no idempotency key, AWS calls", 3, publish.calls),
    atMost("a delivery at fill 10 without counts, AWS calls", 0.4, uncounted.delivery[10].calls),
    atMost("a delivery at fill 1 without counts, AWS calls", 4, uncounted.delivery[1].calls),
    atMost(
      "counts, each delivery to its own webhook, USD per million",
      0.65,
      countsCost(delivery[8], uncounted.delivery[8]),
    ),
    atMost(
      "counts, all of a batch to one webhook, USD per million",
      0.1,
      countsCost(deliveryToOne, uncounted.deliveryToOne),
    ),
    atMost(`${atFill8}, each to its own webhook`, 4.5, totalOf(singleBill(figures, 8))),
    atMost(`${byUrl}, all to one webhook`, 3.15, totalOfWay(urlWay(entries.byUrl), figures, "one")),
    atMost(
      `${byUrl}, each to its own webhook, without counts`,
      3.15,
      totalOfWay(urlWay(entries.byUrl), withoutCounts(figures), "each its own"),
    ),
    atMost(
      `${atFill8}, each to its own webhook, without counts`,
      3.95,
      totalOf(singleBill(withoutCounts(figures), 8)),
    ),
    atMost(`${atFill8}, all to one webhook`, 3.95, totalOf(billToOne(figures))),
    atMost("intake by SQS in tens, USD per million", 0.2, intakeOf(byTen)),
    atMost(`${byQueue}, each to its own webhook`, 2.95, totalOfWay(byTen, figures, "each its own")),
    atMost(`${byQueue}, all to one webhook`, 2.95, totalOfWay(byTen, figures, "one")),
    atMost(
      "publishBatch without retention, rows for failures only, USD per million",
      0.8,
      totalOf(batchBill(figures)),
    ),
    atMost("a publish, CPU ms", 1.4, publish.cpuMs),
    atMost("a delivery at fill 10, CPU ms", 0.5, delivery[10].cpuMs),
  ];
}
