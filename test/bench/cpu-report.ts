import type { BenchResult } from "./bench-result.ts";
import { cpuKinds } from "./cpu-kinds.ts";
import { markdownTable } from "./markdown-table.ts";

export function cpuSection({ cpuSplits, cost }: Pick<BenchResult, "cpuSplits" | "cost">): string {
  const publishMs = cost.publish.cpuMs;
  const deliveryMs = cost.delivery[10].cpuMs;
  return [
    "Of the functions' threads alone, without engines, gateway, load generator and receiver. The milliseconds are " +
      "those of one publish and of one delivery at fill 10; V8's sampling profile of the threads under load parts " +
      "them, by the file that each frame came from.",
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
  ].join("\n\n");
}

function cells(ms: number, share: number): string[] {
  return [(ms * share).toFixed(2), `${(share * 100).toFixed(0)} %`];
}
