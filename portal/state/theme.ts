import { readableAccent } from "./accent.ts";

interface Theme {
  readonly mode?: string | undefined;
  readonly accent?: string | undefined;
}

/** Makes the page look as the session says; the style sheet has the rest, so that no theme can make it ugly. */
export function applyTheme({ mode, accent }: Theme = {}): void {
  const { dataset } = document.documentElement;
  if (mode === "light" || mode === "dark") dataset.theme = mode;
  else delete dataset.theme;
  if (accent) applyAccent(accent);
}

/** Puts the accent into the style sheet's place for it; a page's policy lets scripts do that. */
function applyAccent(wanted: string): void {
  const { style } = document.documentElement;
  const [light, dark] = [readableAccent(wanted, "light"), readableAccent(wanted, "dark")];
  const pair = (one: string, other: string) => `light-dark(${one}, ${other})`;
  style.setProperty("--accent", pair(light.colour, dark.colour));
  style.setProperty("--accent-strong", pair(light.colour, dark.colour));
  style.setProperty("--on-accent", pair(light.onColour, dark.onColour));
  const soft = (share: string) => `color-mix(in srgb, var(--accent) ${share}, var(--surface))`;
  style.setProperty("--accent-soft", soft("6%"));
}
