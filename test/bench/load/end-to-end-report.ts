import type { BenchResult } from "../bench-result.ts";
import { markdownTable } from "../markdown-table.ts";

export function endToEndSection({
  endToEnd,
  latency,
}: Pick<BenchResult, "endToEnd" | "latency">): string {
  const { fanOut1, fanOut50, ceiling, share, cpuMs } = endToEnd;
  const { unloaded, loaded, ratePerSecond } = latency;
  return [
    "Load generator, service and receiver are a process each, on the same cores. The ceiling is what one process " +
      "does that only posts, with `undici.request`, to the same receiver, in turn with the service:",
    markdownTable(
      ["", "per second"],
      [
        ["deliveries, fan-out 1", fanOut1.toFixed(0)],
        ["deliveries, fan-out 50", fanOut50.toFixed(0)],
        ["bare POSTs, 50 at a time", ceiling.toFixed(0)],
        ["fan-out 50 as a share of bare POSTs", share.toFixed(3)],
      ],
    ),
    "CPU of the whole service for one delivery at fan-out 50, in milliseconds. The main thread has the gateway and " +
      "the event sources, and on up to two processors also the engines:",
    markdownTable(
      ["functions", "main thread", "other threads", "together"],
      [
        [cpuMs.functions, cpuMs.gateway, cpuMs.engines, sum(Object.values(cpuMs))].map((ms) =>
          ms.toFixed(2),
        ),
      ],
    ),
    "From the publish leaving its client to the POST arriving:",
    markdownTable(
      ["", "p50 ms", "p99 ms"],
      [
        ["one at a time", unloaded.p50Ms.toFixed(1), unloaded.p99Ms.toFixed(1)],
        [
          `half of the most: ${ratePerSecond.toFixed(0)} a second`,
          loaded.p50Ms.toFixed(1),
          loaded.p99Ms.toFixed(1),
        ],
      ],
    ),
  ].join("\n\n");
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
