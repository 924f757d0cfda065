import type { Sample } from "./measure.ts";
import type { Comparison } from "./report.ts";

const panel = { width: 420, height: 200, left: 58, top: 56, right: 16, bottom: 44 };
const columns = 2;
const legendHeight = 40;

/** Colours that keep their contrast on white and on black, and are told apart by the colour-blind. */
const series = [
  { name: "delivery queue", colour: "#0a84c6", of: (sample: Sample) => sample.deliveries },
  { name: "retry queue", colour: "#d1631b", of: (sample: Sample) => sample.retries },
  { name: "parked", colour: "#7a5cd6", of: (sample: Sample) => sample.parked },
  { name: "due rows", colour: "#1f9d63", of: (sample: Sample) => sample.due },
] as const;

/** How much waits where over each scenario's time, as an SVG picture. */
export function plot(comparisons: readonly Comparison[]): string {
  const cellWidth = panel.left + panel.width + panel.right;
  const cellHeight = panel.top + panel.height + panel.bottom;
  const width = columns * cellWidth;
  const height = legendHeight + Math.ceil(comparisons.length / columns) * cellHeight;
  const panels = comparisons.map((comparison, index) => {
    const x = (index % columns) * cellWidth + panel.left;
    const y = legendHeight + Math.floor(index / columns) * cellHeight + panel.top;
    return `<g transform="translate(${x} ${y})">${panelOf(comparison)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Deliveries waiting over time, by scenario">`,
    style,
    legend(),
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

const style = `<style>
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 14px; font-weight: 600; }
.axis { stroke: #8c959f; stroke-width: 1; fill: none; }
.grid { stroke: #8c959f; stroke-width: 0.5; opacity: 0.4; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) { text { fill: #d0d7de; } }
</style>`;

function legend(): string {
  const items = series.map(({ name, colour }, index) => {
    const x = panel.left + index * 150;
    return `<path class="line" stroke="${colour}" d="M${x} 24h22"/><text x="${x + 28}" y="28">${name}</text>`;
  });
  return items.join("");
}

function panelOf({ name, result: { samples } }: Comparison): string {
  const endMs = samples.at(-1)?.timeMs ?? 1;
  const most = Math.max(...series.map(({ of }) => highest(samples, of)));
  const topPower = Math.max(1, Math.ceil(Math.log10(most)));
  const xOf = (timeMs: number) => (timeMs / endMs) * panel.width;
  const yOf = (count: number) => panel.height * (1 - Math.log10(count + 1) / topPower);
  return [
    `<text class="title" x="0" y="-26">${name}</text>`,
    `<text x="0" y="-10">deliveries waiting, logarithmic</text>`,
    yAxis(topPower, yOf),
    xAxis(endMs, xOf),
    ...series.map(({ colour, of }) => {
      const points = steps(samples, of, endMs).map(([x, count]) => `${x} ${round(yOf(count))}`);
      return `<path class="line" stroke="${colour}" d="M${points.join("L")}"/>`;
    }),
  ].join("\n");
}

function yAxis(topPower: number, yOf: (count: number) => number): string {
  const marks = [0, ...Array.from({ length: topPower }, (_, power) => 10 ** (power + 1))];
  const lines = marks.map((count) => {
    const y = round(yOf(count));
    const label = count.toLocaleString("en", { notation: "compact" });
    return `<path class="grid" d="M0 ${y}h${panel.width}"/><text x="-6" y="${y + 4}" text-anchor="end">${label}</text>`;
  });
  return [...lines, `<path class="axis" d="M0 0v${panel.height}"/>`].join("");
}

function xAxis(endMs: number, xOf: (timeMs: number) => number): string {
  const { unit, unitMs } = unitFor(endMs);
  const stride = strideFor(endMs / unitMs);
  const count = Math.floor(endMs / unitMs / stride) + 1;
  const marks = Array.from({ length: count }, (_, index) => {
    const x = round(xOf(index * stride * unitMs));
    return `<path class="axis" d="M${x} ${panel.height}v4"/><text x="${x}" y="${panel.height + 18}" text-anchor="middle">${index * stride}</text>`;
  });
  const label = `<text x="${panel.width / 2}" y="${panel.height + 34}" text-anchor="middle">${unit} from the beginning</text>`;
  return [`<path class="axis" d="M0 ${panel.height}h${panel.width}"/>`, ...marks, label].join("");
}

/** The highest count behind each pixel, so that no peak falls between two points. */
function steps(
  samples: readonly Sample[],
  of: (sample: Sample) => number,
  endMs: number,
): [number, number][] {
  const highs = new Map<number, number>();
  for (const sample of samples) {
    const x = Math.floor((sample.timeMs / endMs) * panel.width);
    highs.set(x, Math.max(highs.get(x) ?? 0, of(sample)));
  }
  return [...highs];
}

function highest(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return samples.reduce((most, sample) => Math.max(most, of(sample)), 0);
}

function unitFor(spanMs: number): { unit: string; unitMs: number } {
  if (spanMs > 3 * 86_400_000) return { unit: "days", unitMs: 86_400_000 };
  if (spanMs > 3 * 3_600_000) return { unit: "hours", unitMs: 3_600_000 };
  return { unit: "minutes", unitMs: 60_000 };
}

/** A round distance that makes four to nine marks. */
function strideFor(span: number): number {
  return [1, 2, 3, 5, 6, 10, 15, 20, 30, 50].find((stride) => span / stride < 9) ?? 100;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
