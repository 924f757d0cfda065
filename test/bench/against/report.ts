import { machineLine } from "../machine.ts";
import { markdownTable } from "../markdown-table.ts";
import { type Comparison, metricNames, metrics, ratioGoals, ratioOf } from "./comparison.ts";

/** A comparison in Markdown. */
export function againstReport(comparison: Comparison): string {
  const { machine, commit, here, turns } = comparison;
  const verdicts = new Map(ratioGoals(comparison).map((goal) => [goal.what, goal]));
  const rows = metricNames.map((metric) => {
    const { name, decimals } = metrics[metric];
    const { here, there, ratio, range } = ratioOf(comparison, metric);
    const goal = verdicts.get(name);
    return [
      name,
      here.toFixed(decimals),
      there.toFixed(decimals),
      ratio.toFixed(2),
      range.map((end) => end.toFixed(2)).join(" to "),
      goal ? `${goal.bound} ${goal.limit.toFixed(2)}` : "",
      goal ? (goal.isMet ? "met" : "**missed**") : "",
    ];
  });
  const times = turns.length === 1 ? "one turn" : `${turns.length} turns`;
  return [
    `${machineLine(machine)} ${here} against ${commit.slice(0, 7)}, by turns, ${times} each. A ratio is that of the ` +
      "medians, and beside it stand the least and the greatest of any turn.",
    markdownTable(
      ["", "now", commit.slice(0, 7), "ratio", "of each turn", "goal", "verdict"],
      rows,
    ),
  ].join("\n\n");
}
