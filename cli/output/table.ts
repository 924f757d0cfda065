import stringWidth from "string-width";
import { printable } from "../../shared/contract/values/printable.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null | undefined;
  /** Never cut, however narrow the terminal: an id is there to be copied. */
  readonly isWhole?: true;
}

const gap = "  ";
/** No column is cut further than to this. */
const minWidth = 8;
const characters = new Intl.Segmenter();

/** Rows below their titles, cut to so many columns of a terminal where that is known. */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): string {
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ cell }) => printable(String(cell(row) ?? "-"))));
  const lines = [titles, ...cells];
  const widths = fittingWidths(lines, columns, width);
  return lines
    .map((line) =>
      line
        .map((cell, index) => fitted(cell, widths[index] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}

/** What the cells need; where that is too much, the widest column gives way first. */
function fittingWidths<Row>(
  lines: readonly string[][],
  columns: readonly Column<Row>[],
  available: number | undefined,
): number[] {
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => stringWidth(line[index] ?? ""))),
  );
  if (available === undefined) return widths;
  let excess = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - available;
  for (; excess > 0; excess -= 1) {
    const givable = widths.map((one, index) => (columns[index]?.isWhole ? 0 : one));
    const widest = Math.max(...givable);
    if (widest <= minWidth) break;
    widths[givable.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** The text in exactly so many columns of a terminal: wide characters take two, and none is cut in half. */
function fitted(text: string, width: number): string {
  const excess = stringWidth(text) - width;
  if (excess <= 0) return text + " ".repeat(-excess);
  let shown = "";
  let used = 1; // the ellipsis
  for (const { segment } of characters.segment(text)) {
    used += stringWidth(segment);
    if (used > width) return fitted(`${shown}…`, width);
    shown += segment;
  }
  return shown;
}
