import { computed } from "@preact/signals";
import { announce } from "../announcement.ts";
import { goToPath, path } from "./address.ts";
import { hrefTo, type Route, routeOf } from "./route.ts";

/** What the address asks for. */
export const route = computed<Route>(() => routeOf(path.value));

let toBeSaid = "";

addEventListener("hashchange", () => {
  announce(toBeSaid);
  toBeSaid = "";
});

/** Shows something else, and says there what led to it. */
export function goTo(target: Route, announcement = ""): void {
  toBeSaid = announcement;
  goToPath(hrefTo(target));
}
