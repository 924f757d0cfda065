import stringWidth from "string-width";
import { printable } from "../../shared/contract/values/printable.ts";
import { fitted } from "./cut.ts";
import { paintWith, type Tone } from "./paint.ts";
import { shortTimes } from "./short-times.ts";
import type { Sheet } from "./table.ts";

/** A part of a line that is told as it happens. */
export interface Part {
  readonly text: string;
  readonly tone?: Tone | undefined;
  /** Left out where a terminal has no room for all parts, the lowest number first. */
  readonly spare?: number;
  readonly isTime?: true;
}

const gap = "  ";

/** The parts beside each other; on a terminal in one line, of which only the last part is cut. */
export function lineText(
  parts: readonly Part[],
  { width, paint = paintWith(false), nowMs = Date.now() }: Sheet,
): string {
  const isShort = width !== undefined;
  let shown = parts.map(({ text, isTime, ...part }) => {
    const [short = text] = isShort && isTime ? shortTimes([text], nowMs) : [];
    return { ...part, text: printable(short) };
  });
  const excess = () =>
    isShort
      ? shown.reduce((sum, { text }) => sum + stringWidth(text) + gap.length, -gap.length) - width
      : 0;
  while (excess() > 0) {
    const spares = shown.flatMap(({ spare }) => spare ?? []);
    if (spares.length === 0) break;
    shown = shown.filter(({ spare }) => spare !== Math.min(...spares));
  }
  const last = shown.at(-1);
  if (last && excess() > 0) {
    const room = Math.max(1, stringWidth(last.text) - excess());
    shown[shown.length - 1] = { ...last, text: fitted(last.text, room).trimEnd() };
  }
  return shown.map(({ text, tone }) => paint(text, tone)).join(gap);
}
