import { signal } from "@preact/signals";
import { announce } from "../announcement.ts";
import { pathOf, type Query, queryOf, withQuery } from "./query.ts";
import { hrefTo, type Route, routeOf } from "./route.ts";

/** What the address asks for. */
export const route = signal<Route>(routeOf(pathOf(location.hash)));
/** The filters, ranges and tabs that the address holds, so that they can be sent and survive Back. */
export const query = signal<Query>(queryOf(location.hash));

let toBeSaid = "";

addEventListener("hashchange", () => {
  route.value = routeOf(pathOf(location.hash));
  query.value = queryOf(location.hash);
  announce(toBeSaid);
  toBeSaid = "";
});

/** Shows something else, and says there what led to it. */
export function goTo(target: Route, announcement = ""): void {
  toBeSaid = announcement;
  location.hash = hrefTo(target);
  // At once, for the event comes later and until then another screen would be opened.
  route.value = target;
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
