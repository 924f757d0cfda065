import { signal } from "@preact/signals";
import { hrefTo, type Route } from "./address/route.ts";

/** What somebody has looked at; of the browser tab alone, like the session. */
export interface Visited {
  readonly kind: "webhook" | "message" | "cache";
  readonly name: string;
  readonly route: Route;
}

const place = "hookcast.recent";
const most = 8;

export const recent = signal<readonly Visited[]>(stored());

/** Puts what is looked at first. */
export function remember(visited: Visited): void {
  const href = hrefTo(visited.route);
  const others = recent.peek().filter(({ route }) => hrefTo(route) !== href);
  recent.value = [visited, ...others].slice(0, most);
  sessionStorage.setItem(place, JSON.stringify(recent.value));
}

export function forgetRecent(): void {
  sessionStorage.removeItem(place);
  recent.value = [];
}

function stored(): Visited[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
