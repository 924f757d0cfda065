import { computed } from "@preact/signals";
import { goToPath, path } from "../../console/state/address/address.ts";
import { hrefTo, type Route, routeOf } from "./paths.ts";

/** What the address asks for. */
export const route = computed<Route>(() => routeOf(path.value));

export function goTo(target: Route): void {
  goToPath(hrefTo(target));
}
