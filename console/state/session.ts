import { signal } from "@preact/signals";

interface Session {
  readonly key: string;
  /** The cache that was looked at last; empty before any was. */
  readonly cacheName: string;
}

/** Of the browser tab alone, and gone with it. */
const place = "hookcast.session";

/** Who uses the console; undefined before they have signed in. */
export const session = signal<Session | undefined>(stored());

export function signIn(fresh: Session): void {
  sessionStorage.setItem(place, JSON.stringify(fresh));
  session.value = fresh;
}

export function signOut(): void {
  sessionStorage.removeItem(place);
  session.value = undefined;
}

export function rememberCache(cacheName: string): void {
  const current = session.peek();
  if (current && current.cacheName !== cacheName) signIn({ ...current, cacheName });
}

function stored(): Session | undefined {
  try {
    const { key, cacheName } = JSON.parse(sessionStorage.getItem(place) ?? "{}");
    return typeof key === "string" && typeof cacheName === "string"
      ? { key, cacheName }
      : undefined;
  } catch {
    return undefined;
  }
}
