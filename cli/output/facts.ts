import stringWidth from "string-width";
import { printable } from "../../shared/contract/values/printable.ts";
import { paintWith, type Tone } from "./paint.ts";
import type { Sheet } from "./table.ts";

/** A name and what stands for it, a line each. */
export type Facts = readonly (readonly [
  name: string,
  value: string | number | null | undefined,
  tone?: Tone | undefined,
])[];

const gap = "  ";

/** On a terminal long values go on below themselves; what has no blank stays whole, so that it can be copied. */
export function factsText(facts: Facts, { width, paint = paintWith(false) }: Sheet): string {
  const indent = Math.max(...facts.map(([name]) => name.length)) + gap.length;
  return facts
    .map(([name, value, tone]) => {
      const text = printable(String(value ?? "-"));
      const lines = width === undefined ? [text] : wrapped(text, width - indent);
      const below = `\n${" ".repeat(indent)}`;
      return `${name.padEnd(indent)}${lines.map((line) => paint(line, tone)).join(below)}`;
    })
    .join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && stringWidth(longer) > width) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}
