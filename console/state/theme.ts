import { signal } from "@preact/signals";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const place = "hookcast.theme";

/** What the user has chosen; it outlives the session, for it is no secret. */
export const theme = signal<Theme>(stored());

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(place, chosen);
  theme.value = chosen;
  applyTheme();
}

/** The style sheet follows the system unless the page says otherwise. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme.value === "system") delete dataset.theme;
  else dataset.theme = theme.value;
}

function stored(): Theme {
  const known = localStorage.getItem(place);
  return themes.find((name) => name === known) ?? "system";
}
