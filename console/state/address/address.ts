import { signal } from "@preact/signals";
import { pathOf, type Query, queryOf, withQuery } from "./query.ts";

/** The path behind the `#`. */
export const path = signal(pathOf(location.hash));
/** The filters, ranges and tabs that the address holds, so that they can be sent and survive Back. */
export const query = signal<Query>(queryOf(location.hash));

addEventListener("hashchange", () => {
  path.value = pathOf(location.hash);
  query.value = queryOf(location.hash);
});

/** Leads to another path, without a query. */
export function goToPath(target: string): void {
  location.hash = target;
  // At once, for the event comes later and until then another screen would be opened.
  path.value = target;
  query.value = {};
}

/** Changes what the address holds without leaving the screen; undefined removes. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const next: Record<string, string> = { ...query.peek() };
  for (const [name, value] of Object.entries(changes)) {
    if (value) next[name] = value;
    else delete next[name];
  }
  history.replaceState(history.state, "", withQuery(pathOf(location.hash) || "#/", next));
  query.value = next;
}
