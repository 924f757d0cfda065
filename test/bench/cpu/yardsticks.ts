import { type ColdStart, type ColdStarts, coldMsOf } from "../bundles/cold-starts.ts";
import { reference } from "../bundles/loads.ts";
import type { CostFigures } from "../cost/figures.ts";
import { markdownTable } from "../markdown-table.ts";
import type { PostCpu } from "./post-cpu.ts";

interface Measured {
  cost: Pick<CostFigures, "publish" | "delivery">;
  cold: ColdStarts;
  postCpu: Pick<PostCpu, "bare">;
}

/** Milliseconds depend on the machine and on who else works on it; so here is what they are a multiple of, by the same run. */
export function yardstickSection({ cost, cold, postCpu }: Measured): string {
  const postMs = postCpu.bare / 1000;
  const times = (ms: number, yardstickMs: number) => (ms / yardstickMs).toFixed(2);
  const part = (what: string, ms: number) => [what, ms.toFixed(1), times(ms, cold.clientsLoadMs)];
  const parts = (name: string, { loadMs, firstInvocationMs }: ColdStart) => [
    part(`${name} loads`, loadMs),
    part(`${name} handles its first request`, firstInvocationMs),
  ];
  return [
    "CPU of the functions, and the same as a multiple of a bare POST by `undici.request`, which takes " +
      `${postCpu.bare.toFixed(0)} µs in this run:`,
    markdownTable(
      ["", "CPU ms", "bare POSTs"],
      [
        ["a publish", cost.publish.cpuMs],
        ["a delivery at fill 10", cost.delivery[10].cpuMs],
      ].map(([what, ms]) => [String(what), Number(ms).toFixed(2), times(Number(ms), postMs)]),
    ),
    "A publish that finds no environment: each function loads in a fresh process, which then handles one request of a " +
      `running service. The yardstick is a process that loads ${reference}, which takes ` +
      `${cold.clientsLoadMs.toFixed(0)} ms in this run. All take turns, and the figures are medians:`,
    markdownTable(
      ["", "CPU ms", "loads of the clients"],
      [
        ...parts("authorize", cold.authorize),
        ...parts("publish", cold.publish),
        ["**together**", coldMsOf(cold).toFixed(1), times(coldMsOf(cold), cold.clientsLoadMs)],
      ],
    ),
  ].join("\n\n");
}
