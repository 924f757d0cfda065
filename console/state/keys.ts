import { signal } from "@preact/signals";

/** Whether the list of keys is shown. */
export const isHelpOpen = signal(false);

/** What each key does, for the list of them. */
export const keyHelp: Readonly<Record<string, string>> = {
  "/": "search",
  j: "next row",
  k: "previous row",
  Enter: "open the row",
  "?": "this list",
};

/** Keys for those who come every day; none acts while somebody types, nor together with a modifier. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

const acts: Readonly<Record<string, () => void>> = {
  "/": () => document.querySelector<HTMLInputElement>("[data-search]")?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  "?": () => {
    isHelpOpen.value = true;
  },
};

function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const here = rows.findIndex((row) => row.matches(":focus"));
  const next = here < 0 ? 0 : here + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input, select, textarea") ||
    target.closest("dialog") !== null
  );
}
