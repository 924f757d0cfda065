import { assumptions } from "./cost-assumptions.ts";
import { type Bill, billOf, totalOf } from "./cost-bill.ts";
import type { CostFigures, Fill } from "./cost-figures.ts";
import type { Work } from "./measured-work.ts";
import { plus } from "./usage.ts";

export interface Goal {
  what: string;
  unit: "calls" | "USD";
  atMost: number;
  figure: number;
  isMet: boolean;
}

/** A delivery of which so many in a hundred fail once. */
export function withFailures({ delivery, failure }: CostFigures, fill: Fill): Work {
  return plus(delivery[fill], failure[fill], assumptions.failureShare);
}

/** A million publishes with one subscriber, each delivered. */
export function singleBill(figures: CostFigures, fill: Fill): Bill {
  const publish = billOf("publish", figures.publish);
  return plus(publish, billOf("deliver", withFailures(figures, fill)));
}

/** A million messages by publishBatch without retention, each delivered. */
export function batchBill({ batchedPublish, batchedDelivery, failure }: CostFigures): Bill {
  const delivery = plus(batchedDelivery, failure[10], assumptions.failureShare);
  return plus(billOf("publishBatch", batchedPublish), billOf("deliver", delivery));
}

/** The same if no row were written for a delivery that succeeds at once. */
export function batchBillWithoutSuccessRows(figures: CostFigures): Bill {
  const { batchedDelivery } = figures;
  return batchBill({ ...figures, batchedDelivery: { ...batchedDelivery, writeUnits: 0 } });
}

export function goalsOf(figures: CostFigures): Goal[] {
  const { publish, delivery } = figures;
  return [
    goal("a publish with one subscriber and no idempotency key", "calls", 3, publish.calls),
    goal("a delivery at fill 10", "calls", 0.4, delivery[10].calls),
    goal("a delivery at fill 1", "calls", 4, delivery[1].calls),
    goal("publish and deliver at fill 8", "USD", 3.85, totalOf(singleBill(figures, 8))),
    goal("publishBatch without retention", "USD", 0.8, totalOf(batchBill(figures))),
  ];
}

function goal(what: string, unit: Goal["unit"], atMost: number, figure: number): Goal {
  // What is divided by ten is not quite a tenth.
  return { what, unit, atMost, figure, isMet: figure <= atMost + 1e-9 };
}
