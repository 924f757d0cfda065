import { openMatcher } from "../../../shared/domain/filters/matcher.ts";
import { atMost, type Goal } from "../goal.ts";
import { median } from "../spread.ts";

/** Medians, of one message. Of CPU: it is all that a filter needs, and on a busy machine it is what can be measured. */
export interface FilterCpu {
  /** Of the first filter, before which the value is parsed for all of them. */
  readonly firstMs: number;
  /** Of each further one. */
  readonly nextMs: number;
  readonly bytes: number;
}

const bytes = 262_144;
const rounds = 51;

/** Of every kind of condition; the only line that matches is the last. */
const filter = JSON.stringify({
  event: [{ prefix: "order." }],
  value: {
    customer: {
      country: ["AT", { "equals-ignore-case": "de" }],
      mail: [{ wildcard: "*@*.example" }],
    },
    lines: {
      product: [{ "anything-but": { prefix: "sample-" } }],
      amount: [{ numeric: [">", 100, "<=", 200] }],
      voucher: [{ exists: false }],
    },
  },
});

/** An order with as many lines as fit, in JSON. */
function largeOrder(): string {
  const line = (amount: number, product = "sample-1") => ({ product, amount, note: "a line" });
  const customer = { country: "DE", mail: "someone@shop.example" };
  const textOf = (lines: object[]) => JSON.stringify({ customer, lines });
  const each = JSON.stringify(line(10)).length + 1;
  const count = Math.floor((bytes - textOf([line(150, "product-1")]).length) / each);
  return textOf([...Array.from({ length: count }, () => line(10)), line(150, "product-1")]);
}

/** How long it takes to filter the largest value that a publish may have. */
export function measureFilter(): FilterCpu {
  const text = largeOrder();
  const facts = { event: "order.paid", productId: null, contentType: "application/json" };
  const webhook = {
    ...{ webhookId: "whk_1", webhookName: "w", status: "active", events: [], productId: null },
    filter,
  };
  const times = Array.from({ length: rounds }, () => {
    const matcher = openMatcher(facts, () => ({ kind: "json", text }));
    const look = () => {
      const before = process.cpuUsage();
      if (!matcher.matches(webhook)) throw new Error("the filter of the bench matches nothing");
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    return { firstMs: look(), nextMs: look() };
  });
  return {
    firstMs: median(times.map(({ firstMs }) => firstMs)),
    nextMs: median(times.map(({ nextMs }) => nextMs)),
    bytes: Buffer.byteLength(text),
  };
}

export function filterGoals({ firstMs, nextMs }: FilterCpu): Goal[] {
  return [
    atMost("filtering a value of 256 KiB, CPU ms", 5, nextMs),
    atMost("the same with the parse of its JSON, once a message, CPU ms", 5, firstMs),
  ];
}
