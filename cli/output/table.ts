import stringWidth from "string-width";
import { printable } from "../../shared/contract/values/printable.ts";
import { fitted } from "./cut.ts";
import { type Paint, paintWith, type Tone } from "./paint.ts";
import { shortTimes } from "./short-times.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null | undefined;
  /** Never cut, however narrow the terminal: an id is there to be copied. */
  readonly isWhole?: true;
  /** Where it is cut; default: at its end. Names are told apart by both ends. */
  readonly cut?: "middle";
  /** It is not cut further than to this; default: 8. */
  readonly minWidth?: number;
  /** Left out where a terminal has no room for all columns, the lowest number first. */
  readonly spare?: number;
  /** Numbers are there to be compared: they end below each other, and are never cut. */
  readonly isNumber?: true;
  /** A time as the contract writes it, which a terminal is shown without its date where that is today's. */
  readonly isTime?: true;
  readonly tone?: (row: Row) => Tone | undefined;
}

/** What is written on. */
export interface Sheet {
  /** The columns of the terminal; undefined where there is none, and nothing is cut or left out. */
  readonly width: number | undefined;
  readonly paint?: Paint;
  readonly nowMs?: number;
}

const gap = "  ";
const defaultMinWidth = 8;

interface Filled<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  readonly width: number;
}

/** Rows below their titles. */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint = paintWith(false), nowMs = Date.now() }: Sheet,
): string {
  const all = columns.map((column) =>
    filled(rows, column, width === undefined ? undefined : nowMs),
  );
  const shown = width === undefined ? all : fitting(all, width);
  const lineOf = (textOf: (one: Filled<Row>) => readonly [string, Tone | undefined]) =>
    shown
      .map((one, index) => {
        const [text, tone] = textOf(one);
        return painted(aligned(text, one), tone, paint, index === shown.length - 1);
      })
      .join(gap)
      .trimEnd();
  return [
    lineOf(({ column }) => [column.title, "title"]),
    ...rows.map((row, index) =>
      lineOf(({ column, cells }) => [cells[index] ?? "", column.tone?.(row)]),
    ),
  ].join("\n");
}

function filled<Row>(
  rows: readonly Row[],
  column: Column<Row>,
  nowMs: number | undefined,
): Filled<Row> {
  const texts = rows.map((row) => printable(String(column.cell(row) ?? "-")));
  const cells = column.isTime && nowMs !== undefined ? shortTimes(texts, nowMs) : texts;
  return {
    column,
    cells,
    width: Math.max(...[column.title, ...cells].map((text) => stringWidth(text))),
  };
}

/** The columns that a terminal has room for; where it has too little, the widest gives way first. */
function fitting<Row>(all: readonly Filled<Row>[], available: number): readonly Filled<Row>[] {
  let shown = [...all];
  const excess = (widthOf: (one: Filled<Row>) => number) =>
    shown.reduce((sum, one) => sum + widthOf(one) + gap.length, -gap.length) - available;
  while (excess(leastWidth) > 0) {
    const spares = shown.flatMap(({ column }) => column.spare ?? []);
    if (spares.length === 0) break;
    const first = Math.min(...spares);
    shown = shown.filter(({ column }) => column.spare !== first);
  }
  for (let left = excess(({ width }) => width); left > 0; left -= 1) {
    const cuttable = shown.filter((one) => one.width > leastWidth(one));
    const widest = Math.max(...cuttable.map(({ width }) => width));
    const one = cuttable.find(({ width }) => width === widest);
    if (!one) break;
    shown[shown.indexOf(one)] = { ...one, width: one.width - 1 };
  }
  return shown;
}

function leastWidth<Row>({ column, width }: Filled<Row>): number {
  return column.isWhole || column.isNumber
    ? width
    : Math.min(width, column.minWidth ?? defaultMinWidth);
}

function aligned<Row>(text: string, { column, width }: Filled<Row>): string {
  if (column.isNumber) return " ".repeat(Math.max(0, width - stringWidth(text))) + text;
  return fitted(text, width, column.cut);
}

/** Only the text is painted: the blanks around it are not its own. */
function painted(cell: string, tone: Tone | undefined, paint: Paint, isLast: boolean): string {
  const text = cell.trim();
  const [before, after] = [cell.indexOf(text), cell.length - cell.trimEnd().length];
  return `${" ".repeat(Math.max(0, before))}${paint(text, tone)}${isLast ? "" : " ".repeat(after)}`;
}
