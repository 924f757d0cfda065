import { signal } from "@preact/signals";
import { announce } from "./announcement.ts";
import { hrefTo, type Route, routeOf } from "./route.ts";

/** What the address asks for. */
export const route = signal<Route>(routeOf(location.hash));

let toBeSaid = "";

addEventListener("hashchange", () => {
  route.value = routeOf(location.hash);
  announce(toBeSaid);
  toBeSaid = "";
});

/** Shows something else, and says there what led to it. */
export function goTo(target: Route, announcement = ""): void {
  toBeSaid = announcement;
  location.hash = hrefTo(target);
  // At once, for the event comes later and until then another screen would be opened.
  route.value = target;
}
