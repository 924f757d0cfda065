import type { BenchResult } from "./bench-result.ts";
import { functionsSection } from "./bundles/functions-report.ts";
import { entrySection } from "./cost/entry-bills.ts";
import { orderEvent } from "./cost/order-event.ts";
import { costReport } from "./cost/report.ts";
import { cpuSection } from "./cpu/report.ts";
import { yardstickSection } from "./cpu/yardsticks.ts";
import { type Goal, goalTable } from "./goal.ts";
import { deadNamesSection, isolationSection, slowSuccessesSection } from "./isolation/report.ts";
import { endToEndSection } from "./load/end-to-end-report.ts";
import { publishingSection } from "./load/publishing-report.ts";
import { machineLine } from "./machine.ts";
import { type Charts, chartImage } from "./plots/charts.ts";

/** A run in Markdown. */
export function benchReport(result: BenchResult, goals: Goal[], charts: Charts): string {
  const sections = [
    ["Goals", goalTable(goals)],
    ["Publishing", publishingSection(result.publishing), chartImage("throughput", charts)],
    ["End to end", endToEndSection(result), chartImage("latency", charts)],
    ["Beside a dead webhook", isolationSection(result.isolation)],
    ["Beside slow successes", slowSuccessesSection(result.isolation)],
    ["Beside dead names", deadNamesSection(result.deadNames)],
    ["CPU", cpuSection(result), yardstickSection(result)],
    ["Starts and memory", functionsSection(result.functions)],
    ["By the way in", entrySection(result.cost), chartImage("cost", charts)],
    ["Calls, units and dollars", costReport(result.cost, orderEvent(1).length)],
  ];
  return [
    machineLine(result.machine),
    ...sections.flatMap(([heading, ...texts]) => [`### ${heading}`, ...texts]),
  ].join("\n\n");
}
