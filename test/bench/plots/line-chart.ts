import { colours, marksUpTo, picture, rounded, text } from "./svg.ts";

/** Values over named places, which stand at equal distances. */
export interface LineChart {
  title: string;
  /** With their units. */
  xLabel: string;
  yLabel: string;
  xNames: string[];
  /** A value for each place. */
  series: { name: string; values: number[] }[];
}

const size = { width: 640, height: 380 };
const plot = { left: 72, top: 92, right: 24, bottom: 60 };
const width = size.width - plot.left - plot.right;
const height = size.height - plot.top - plot.bottom;

export function drawLines({ title, xLabel, yLabel, xNames, series }: LineChart): string {
  const marks = marksUpTo(Math.max(...series.flatMap(({ values }) => values)));
  const top = marks.at(-1) ?? 1;
  const xOf = (place: number) => plot.left + (width * (place + 0.5)) / xNames.length;
  const yOf = (value: number) => plot.top + height * (1 - value / top);
  const middle = plot.left + width / 2;
  return picture(size, title, [
    ...series.map(({ name }, n) => legend(name, n, series.length)),
    text(plot.left, plot.top - 12, yLabel, { "text-anchor": "start" }),
    ...marks.map((mark) => {
      const label = mark.toLocaleString("en");
      const line = `<path class="grid" d="M${plot.left} ${rounded(yOf(mark))}h${width}"/>`;
      return line + text(plot.left - 8, yOf(mark) + 4, label, { "text-anchor": "end" });
    }),
    `<path class="axis" d="M${plot.left} ${plot.top}v${height}h${width}"/>`,
    ...xNames.map((name, place) =>
      text(xOf(place), plot.top + height + 20, name, { "text-anchor": "middle" }),
    ),
    text(middle, plot.top + height + 44, xLabel, { "text-anchor": "middle" }),
    ...series.map(({ values }, n) =>
      drawn(
        values.map((value, place) => [xOf(place), yOf(value)]),
        n,
      ),
    ),
  ]);
}

function legend(name: string, n: number, count: number): string {
  const x = plot.left + (n * width) / count;
  return drawn([[x + 12, 54]], n, `M${x} 54h24`) + text(x + 32, 58, name);
}

/** The line of a series with its marks: discs for the first, squares for the second. */
function drawn(points: [x: number, y: number][], n: number, path?: string): string {
  const colour = colours[n % colours.length];
  const line = path ?? `M${points.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join("L")}`;
  const marks = points.map(([x, y]) =>
    n % 2 === 0
      ? `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="4" fill="${colour}"/>`
      : `<rect x="${rounded(x - 4)}" y="${rounded(y - 4)}" width="8" height="8" fill="${colour}"/>`,
  );
  return `<path class="line" stroke="${colour}" d="${line}"/>${marks.join("")}`;
}
