import { colours, marksUpTo, picture, rounded, text } from "./svg.ts";

/** Lying bars, each of several parts. */
export interface BarChart {
  title: string;
  /** With its unit. */
  xLabel: string;
  /** What a part stands for, from the left. */
  parts: string[];
  bars: { name: string; values: number[]; label: string }[];
}

const width = 776;
const plot = { left: 256, top: 76, right: 112, bottom: 52 };
const rowHeight = 30;
const barHeight = 18;
const plotWidth = width - plot.left - plot.right;

/** Of a name with so many letters, its square and the gap to the next. */
const legendWidth = (letters: number) => 48 + 7 * letters;

export function drawBars({ title, xLabel, parts, bars }: BarChart): string {
  const totals = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const marks = marksUpTo(Math.max(...totals));
  const xOf = (value: number) => plot.left + (plotWidth * value) / (marks.at(-1) ?? 1);
  const bottom = plot.top + bars.length * rowHeight;
  return picture({ width, height: bottom + plot.bottom }, title, [
    ...parts.map((part, n) => {
      const before = parts.slice(0, n).reduce((sum, { length }) => sum + legendWidth(length), 16);
      return `${rect(before, 44, 14, 14, n)}${text(before + 20, 56, part)}`;
    }),
    ...marks.map(
      (mark) =>
        `<path class="grid" d="M${rounded(xOf(mark))} ${plot.top}V${bottom}"/>` +
        text(xOf(mark), bottom + 18, mark.toLocaleString("en"), { "text-anchor": "middle" }),
    ),
    `<path class="axis" d="M${plot.left} ${plot.top}V${bottom}"/>`,
    ...bars.map(({ name, values, label }, row) => {
      const y = plot.top + row * rowHeight + (rowHeight - barHeight) / 2;
      const textY = y + barHeight - 5;
      let sum = 0;
      const pieces = values.map((value, n) => {
        const x = xOf(sum);
        sum += value;
        return rect(x, y, xOf(sum) - x, barHeight, n);
      });
      const start = text(plot.left - 10, textY, name, { "text-anchor": "end" });
      return start + pieces.join("") + text(xOf(sum) + 8, textY, label);
    }),
    text(plot.left + plotWidth / 2, bottom + 40, xLabel, { "text-anchor": "middle" }),
  ]);
}

function rect(x: number, y: number, width: number, height: number, n: number): string {
  const colour = colours[n % colours.length];
  return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${height}" fill="${colour}"/>`;
}
