import { type Comparison, comparisonTable, markdownTable } from "./report.ts";

/** The one whose burst competes for functions. */
export const concurrencyScenario = "dead";

interface AtConcurrency {
  readonly concurrency: number;
  readonly comparison: Comparison;
}

/** docs/simulation.md */
export function simulationDocument(
  comparisons: readonly Comparison[],
  byConcurrency: readonly AtConcurrency[],
): string {
  const scenarios = comparisons.map(({ name, about }) => `- **${name}**: ${about}`).join("\n");
  return `# Simulation

\`npm run simulate -- --write\` makes this page and its picture. It lives through days of trouble in minutes: a virtual clock
jumps from event to event, and everything that publishes, fans out, delivers, retries, parks, drains, recovers and sweeps is the
code that is deployed, with its stores and queues. Only what lies below is made for it: tables and queues in memory, which pass the
same tests as the embedded engines; calls to AWS that take 5 ms; functions with their time-outs, batches and concurrency; receivers.

${scenarios}

${comparisonTable(comparisons)}

*Lost* counts deliveries that were accepted and ended neither as delivered nor as a listed failure nor as a dead letter; the
program exits with 1 unless it is 0. A healthy delivery is timed from its publish to the receiver's answer. *Alone* is the same
run, with the same seed, without the webhooks in trouble and what is published to them. Random numbers are drawn in another order
then, so some milliseconds of difference mean nothing. Calls to AWS are all that functions make, from the publish on, and those
that Lambda makes for them. Those for each of the troubled are what such a message adds, its publish and its drain included, but
not the sweeper's look each minute, which depends on no message. The p99 of the troubled counts what arrived.

![How much waits where over time](simulation.svg)

## What concurrency buys

A batch ends with its slowest POST, and a POST at a receiver that hangs keeps a function busy for fifteen seconds. A receiver
that has kept one waiting for half a second counts as slow, and its further first attempts go to a queue of their own; only
those of the first half second compete with healthy deliveries for functions. The p99 of healthy deliveries in the scenario
*${concurrencyScenario}*, by the stack's \`deliveryConcurrency\` (with several \`deliveryShards\`, their sum):

${concurrencyTable(byConcurrency)}
`;
}

function concurrencyTable(byConcurrency: readonly AtConcurrency[]): string {
  return markdownTable([
    ["functions at once", "beside it", "alone"],
    ...byConcurrency.map(({ concurrency, comparison: { result, alone } }) => [
      String(concurrency),
      `${result.healthyP99Ms.toLocaleString("en")} ms`,
      `${alone.healthyP99Ms.toLocaleString("en")} ms`,
    ]),
  ]);
}
