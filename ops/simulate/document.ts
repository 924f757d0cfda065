import { type Comparison, comparisonTable, markdownTable } from "./report.ts";

interface AtConcurrency {
  readonly concurrency: number;
  readonly comparisons: readonly Comparison[];
}

/** docs/simulation.md */
export function simulationDocument(
  comparisons: readonly Comparison[],
  byConcurrency: readonly AtConcurrency[],
): string {
  const scenarios = comparisons.map(({ name, about }) => `- **${name}**: ${about}`).join("\n");
  return `# Simulation

\`npm run simulate -- --write\` makes this page and its picture. It lives through days of trouble in seconds: a virtual clock
jumps from event to event, and every decision is made by the code that the delivery function runs: the verdict, the next
step, the lease, the breaker, the drain, the switch-off, the mark of a slow receiver. What is simulated is what lies around it: queues with delays,
visibility time-outs, batches of ten that end with their slowest POST and fair turns between webhooks; tables with the same
conditional writes; a sweeper once a minute; receivers.

${scenarios}

${comparisonTable(comparisons)}

*Lost* counts deliveries that were accepted and ended neither as delivered nor as a listed failure nor as a dead letter; the
program exits with 1 unless it is 0. A healthy delivery is timed from its publish to the receiver's answer. Calls to AWS are
those from the delivery queue on.

![How much waits where over time](simulation.svg)

## What concurrency buys

A batch ends with its slowest POST, and a POST at a receiver that hangs keeps a function busy for fifteen seconds. A receiver
that has kept one waiting for half a second counts as slow, and its further first attempts go to a queue of their own; only
those of the first half second compete with healthy deliveries for functions. The p99 of healthy deliveries, by the stack's
\`deliveryConcurrency\` (with several \`deliveryShards\`, their sum):

${concurrencyTable(byConcurrency)}
`;
}

function concurrencyTable(byConcurrency: readonly AtConcurrency[]): string {
  const names = byConcurrency[0]?.comparisons.map(({ name }) => name) ?? [];
  return markdownTable([
    ["functions at once", ...names],
    ...byConcurrency.map(({ concurrency, comparisons }) => [
      String(concurrency),
      ...comparisons.map(({ result }) => `${result.healthyP99Ms.toLocaleString("en")} ms`),
    ]),
  ]);
}
