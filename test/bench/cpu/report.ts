import type { BenchResult } from "../bench-result.ts";
import { markdownTable } from "../markdown-table.ts";
import { cpuKinds } from "./kinds.ts";

export function cpuSection({
  cpuSplits,
  cost,
  postCpu,
}: Pick<BenchResult, "cpuSplits" | "cost" | "postCpu">): string {
  const publishMs = cost.publish.cpuMs;
  const deliveryMs = cost.delivery[10].cpuMs;
  return [
    "Only of the functions' threads, without engines, gateway, load generator and receiver. The milliseconds are " +
      "those of one publish and of one delivery at fill 10. V8's sampling profile of the threads under load divides " +
      "them by the file of each frame.",
    markdownTable(
      ["", "publish, ms", "share", "delivery, ms", "share"],
      [
        ...cpuKinds.map((kind) => [
          kind,
          ...cells(publishMs, cpuSplits.publish[kind]),
          ...cells(deliveryMs, cpuSplits.deliver[kind]),
        ]),
        ["**together**", ...cells(publishMs, 1), ...cells(deliveryMs, 1)],
      ],
    ),
    "Of the sender of a POST alone, in a process of its own: with the client that deliveries use, and with `undici.request` and nothing else.",
    markdownTable(
      ["", "µs of CPU"],
      [
        ["a delivery's POST", postCpu.client.toFixed(0)],
        ["a bare POST", postCpu.bare.toFixed(0)],
        ["ratio", postCpu.ratio.toFixed(2)],
      ],
    ),
  ].join("\n\n");
}

function cells(ms: number, share: number): string[] {
  return [(ms * share).toFixed(2), `${(share * 100).toFixed(0)} %`];
}
