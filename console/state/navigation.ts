import { signal } from "@preact/signals";
import { hrefTo, type Route, routeOf } from "./route.ts";

/** What the address asks for. */
export const route = signal<Route>(routeOf(location.hash));

addEventListener("hashchange", () => {
  route.value = routeOf(location.hash);
});

export function goTo(target: Route): void {
  location.hash = hrefTo(target);
}
