/** Colours that keep their contrast on white and on black, and are told apart by the colour-blind. */
export const colours = ["#0a84c6", "#d1631b", "#1f9d63", "#7a5cd6"] as const;

export interface Size {
  width: number;
  height: number;
}

/** A picture with a ground of its own, so that it can be read wherever it is shown, in light and in dark. */
export function picture({ width, height }: Size, title: string, parts: string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    style,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    text(16, 28, title, { class: "title" }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

const style = `<style>
.ground { fill: #ffffff; }
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 15px; font-weight: 600; }
.axis { stroke: #8c959f; stroke-width: 1; fill: none; }
.grid { stroke: #8c959f; stroke-width: 0.5; opacity: 0.4; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) { .ground { fill: #0d1117; } text { fill: #d0d7de; } }
</style>`;

export function text(
  x: number,
  y: number,
  words: string,
  attributes: Record<string, string> = {},
): string {
  const more = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<text x="${rounded(x)}" y="${rounded(y)}"${more.join("")}>${escaped(words)}</text>`;
}

/** Round numbers from 0 to at least the greatest value, four to nine of them. */
export function marksUpTo(greatest: number): number[] {
  const power = 10 ** Math.floor(Math.log10(greatest / 4));
  const step = [1, 2, 2.5, 5, 10].map((by) => by * power).find((by) => greatest / by <= 8) ?? power;
  return Array.from({ length: Math.ceil(greatest / step) + 1 }, (_, n) => n * step);
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
