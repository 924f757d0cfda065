import type { BenchResult } from "../bench-result.ts";
import { entryWays, intakeOf, totalOfWay } from "../cost/entry-bills.ts";
import type { CostFigures } from "../cost/figures.ts";
import { type Latency, percentiles } from "../load/latency.ts";
import type { PublishRate } from "../load/publish-rates.ts";
import { type BarChart, drawBars } from "./bar-chart.ts";
import { drawLines, type LineChart } from "./line-chart.ts";

/** What is drawn of a run: stored with it, so that the pictures can be drawn again. */
export interface Charts {
  throughput: LineChart;
  latency: LineChart;
  cost: BarChart;
}

/** Where each picture lies below docs. */
export const chartFiles: Record<keyof Charts, string> = {
  throughput: "performance-throughput.svg",
  latency: "performance-latency.svg",
  cost: "performance-cost.svg",
};

export function chartsOf({
  publishing,
  latency,
  cost,
}: Pick<BenchResult, "publishing" | "latency" | "cost">): Charts {
  return {
    throughput: throughputChart(publishing),
    latency: latencyChart(latency),
    cost: costChart(cost),
  };
}

/** The SVG of each, by its file. */
export function drawCharts({ throughput, latency, cost }: Charts): [file: string, svg: string][] {
  return [
    [chartFiles.throughput, drawLines(throughput)],
    [chartFiles.latency, drawLines(latency)],
    [chartFiles.cost, drawBars(cost)],
  ];
}

/** A chart in the page, below its table. */
export function chartImage(chart: keyof Charts, charts: Charts): string {
  return `![${charts[chart].title}](${chartFiles[chart]})`;
}

function throughputChart(rates: PublishRate[]): LineChart {
  const fanOuts = [...new Set(rates.map(({ fanOut }) => fanOut))];
  const ofFanOut = (fanOut: number) => rates.filter((rate) => rate.fanOut === fanOut);
  return {
    title: "Publishes a second, by how many are made at a time",
    xLabel: "publishes at a time",
    yLabel: "publishes a second",
    xNames: ofFanOut(fanOuts[0] ?? 1).map(({ concurrency }) => String(concurrency)),
    series: fanOuts
      .map((fanOut) => ({
        name: fanOut === 1 ? "one subscriber" : `${fanOut} subscribers`,
        values: ofFanOut(fanOut).map(({ requestsPerSecond }) => requestsPerSecond),
      }))
      .filter(({ values }) => values.length > 1),
  };
}

function latencyChart({ unloaded, loaded, ratePerSecond }: Latency): LineChart {
  return {
    title: "From publish to arrival",
    xLabel: "percentile",
    yLabel: "milliseconds",
    xNames: percentiles.map((share) => `p${share}`),
    series: [
      { name: "one at a time", values: unloaded.percentilesMs },
      { name: `${ratePerSecond.toFixed(0)} a second`, values: loaded.percentilesMs },
    ],
  };
}

function costChart(figures: CostFigures): BarChart {
  return {
    title: "What a million messages cost, by the way in",
    xLabel: "US dollars per million messages, each delivered once, at fill 8",
    parts: ["taken in", "kept, and delivered to one webhook", "more, where each goes to its own"],
    bars: entryWays(figures).map(([name, way]) => {
      const intake = intakeOf(way);
      const [one, each] = [
        totalOfWay(way, figures, "one"),
        totalOfWay(way, figures, "each its own"),
      ];
      const label = `${one.toFixed(2)} to ${each.toFixed(2)}`;
      return { name, values: [intake, one - intake, each - one], label };
    }),
  };
}
