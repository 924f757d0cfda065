import Table from "cli-table3";
import { printable } from "../../shared/contract/values/printable.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null | undefined;
  /** Never cut, however narrow the terminal: an id is there to be copied. */
  readonly isWhole?: true;
}

const gap = "  ";
const narrowest = 8;

const noBorders = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((name) => [name, ""]),
);

/** Rows below their titles, cut to so many columns of a terminal where that is known. */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): string {
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ cell }) => printable(String(cell(row) ?? "-"))));
  const table = new Table({
    head: titles,
    colWidths: fittingWidths([titles, ...cells], columns, width),
    chars: { ...noBorders, middle: gap },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...cells);
  return table.toString().replaceAll(/ +$/gm, "");
}

/** What the cells need; where that is too much, the widest column gives way first. */
function fittingWidths<Row>(
  lines: readonly string[][],
  columns: readonly Column<Row>[],
  available: number | undefined,
): number[] {
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => displayWidth(line[index] ?? ""))),
  );
  if (available === undefined) return widths;
  let excess = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - available;
  for (; excess > 0; excess -= 1) {
    const givable = widths.map((one, index) => (columns[index]?.isWhole ? 0 : one));
    const widest = Math.max(...givable);
    if (widest <= narrowest) break;
    widths[givable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** How many columns of a terminal a text takes: wide characters take two. */
function displayWidth(text: string): number {
  const wide = text.match(
    /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu,
  );
  return [...text].length + (wide?.length ?? 0);
}
