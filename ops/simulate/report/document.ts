import { wrapped } from "../../clients/names.ts";
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
  return inLines(`# Simulation

\`npm run simulate -- --write\` makes this page and its picture. It simulates days of trouble in minutes: a virtual clock jumps from
event to event. Everything that publishes, takes in, fans out, delivers, retries, parks, drains, recovers and sweeps is the deployed code,
with its stores and queues. Only what is below that is simulated: receivers, calls to AWS that take 5 ms, and functions with their time-outs,
batches and concurrency. Tables and queues are in memory, and pass the same tests as the embedded engines.

${scenarios}

${comparisonTable(comparisons)}

_Lost_ counts accepted deliveries that ended neither as delivered, nor as a listed failure, nor as a dead letter. The program
exits with 1 if there are any. A success whose row cannot be written is delivered and not recorded: to send it again would be worse.
What is put into the ingest queue or written to the outbox counts as accepted, and a publish that is refused does not. A healthy delivery is timed from its publish to the receiver's answer. _Alone_ is the same run,
with the same seed, without the webhooks in trouble and their messages. Random numbers are then drawn in another order, so a
difference of some milliseconds means nothing. Calls to AWS are all that functions make from the publish on, and those that
Lambda makes for them. Calls for each of the troubled are those that such a message adds, including its publish and its drain.
They do not include the sweeper's calls each minute. The p99 of the troubled counts what arrived.

![How much waits where over time](simulation.svg)

## What concurrency buys

A batch ends with its slowest POST, and a POST to a receiver that hangs keeps a function busy for fifteen seconds. After half a
second the receiver counts as slow, and its further first attempts go to a queue of their own. Only those of the first half
second compete with healthy deliveries for functions. This is the p99 of healthy deliveries in the scenario
_${concurrencyScenario}_, by the stack's \`deliveryConcurrency\` (with several \`deliveryShards\`, their sum):

${concurrencyTable(byConcurrency)}
`);
}

const width = 120;

/** The same with its paragraphs and items in lines of at most this width; tables and headings stay as they are. */
function inLines(markdown: string): string {
  const blocks = markdown.trim().split("\n\n");
  const lines = blocks.map((block) => {
    if (/^[#|!]/.test(block)) return block;
    if (!block.startsWith("- ")) return wrapped(block, width).join("\n");
    return block
      .split("\n")
      .map((item) => wrapped(item, width - 2).join("\n  "))
      .join("\n");
  });
  return `${lines.join("\n\n")}\n`;
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
