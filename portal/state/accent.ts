/** Red, green and blue, 0 to 255 each. */
type Colour = readonly [number, number, number];

/** What text of the accent stands on, in light and in dark: the darkest and the lightest that it may meet. */
const grounds = { light: [238, 240, 245], dark: [35, 41, 52] } as const satisfies Record<
  string,
  Colour
>;
const [black, white]: [Colour, Colour] = [
  [0, 0, 0],
  [255, 255, 255],
];
/** WCAG 2.2 AA, for text of any size. */
const leastContrast = 4.5;
const steps = 100;

export interface Accent {
  /** For text on the page's ground and for grounds of buttons. */
  readonly colour: string;
  /** For text on such a button. */
  readonly onColour: string;
}

/** The accent as near to the chosen colour as can be read: in light it is darkened, in dark lightened, until it can. */
export function readableAccent(wanted: string, mode: keyof typeof grounds): Accent {
  const colour = parse(wanted);
  const ground = grounds[mode];
  const end = mode === "light" ? black : white;
  for (let step = 0; step <= steps; step += 1) {
    const mixed = mix(colour, end, step / steps);
    const onColour = contrast(mixed, white) >= contrast(mixed, black) ? white : black;
    const isReadable = contrast(mixed, ground) >= leastContrast;
    if (isReadable && contrast(mixed, onColour) >= leastContrast) {
      return { colour: text(mixed), onColour: text(onColour) };
    }
  }
  throw new Error("black on light and white on dark can be read");
}

/** How well one colour is read on the other, from 1 to 21, as WCAG defines it. */
export function contrastOf(one: string, other: string): number {
  return contrast(parse(one), parse(other));
}

function parse(hex: string): Colour {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function text(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function mix(colour: Colour, other: Colour, share: number): Colour {
  const part = (at: 0 | 1 | 2) => Math.round(colour[at] * (1 - share) + other[at] * share);
  return [part(0), part(1), part(2)];
}

function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
