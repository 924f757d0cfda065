import stringWidth from "string-width";

const characters = new Intl.Segmenter();
const ellipsis = "…";

/** The text in exactly so many columns of a terminal: wide characters take two, and none is cut in half. */
export function fitted(text: string, width: number, cut: "end" | "middle" = "end"): string {
  const excess = stringWidth(text) - width;
  if (excess <= 0) return text + " ".repeat(-excess);
  const room = width - 1;
  const tail = cut === "middle" ? ending(text, Math.floor(room / 2)) : "";
  const head = beginning(segmentsOf(text), room - stringWidth(tail));
  return fitted(`${head}${ellipsis}${tail}`, width);
}

function segmentsOf(text: string): string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment);
}

function beginning(segments: readonly string[], room: number): string {
  let shown = "";
  let used = 0;
  for (const segment of segments) {
    used += stringWidth(segment);
    if (used > room) break;
    shown += segment;
  }
  return shown;
}

function ending(text: string, room: number): string {
  const kept: string[] = [];
  let used = 0;
  for (const segment of segmentsOf(text).reverse()) {
    used += stringWidth(segment);
    if (used > room) break;
    kept.unshift(segment);
  }
  return kept.join("");
}
