import { effect, signal } from "@preact/signals";

/** What this page and the page around it say to each other; `client/embed.ts` has the other side. */
type Said =
  | { readonly type: "hookcast:hello" }
  | { readonly type: "hookcast:token"; readonly token: string };
type Told =
  | { readonly type: "hookcast:renew" }
  | { readonly type: "hookcast:height"; readonly height: number };

/** The origin of the page around this one, once that has said hello; only pages of `portalOrigins` may frame it. */
const host = signal<string | undefined>(undefined);
/** Whose pages may frame this one; undefined until the session has said so. */
let trusted: readonly string[] | undefined;
const tokens = new EventTarget();

/** How long the page around this one may take to get a new token from its server. */
const patienceMs = 20_000;

const isFramed = parent !== window;

/** Listens to the page around this one, and tells it how tall this page is. */
export function listenToHost(): void {
  if (!isFramed) return;
  addEventListener("message", ({ source, origin, data }: MessageEvent<Said | undefined>) => {
    // Whoever else has a handle on this window may write to it as well.
    if (source !== parent || origin === "null") return;
    const isTrusted = trusted?.includes(origin) ?? true;
    if (data?.type === "hookcast:hello" && isTrusted) host.value ??= origin;
    if (data?.type !== "hookcast:token" || origin !== host.peek()) return;
    if (typeof data.token === "string") {
      tokens.dispatchEvent(new CustomEvent("token", { detail: data.token }));
    }
  });
  new ResizeObserver(tellHeight).observe(document.documentElement);
  effect(tellHeight);
}

/** The session says whose pages may be around this one; the browser has refused all others already. */
export function trustHost(portalOrigins: readonly string[]): void {
  trusted = portalOrigins;
  if (host.value !== undefined && !trusted.includes(host.value)) host.value = undefined;
}

/** A new token from the page around this one; undefined where there is none, or where it does not give one. */
export function askForToken(): Promise<string | undefined> {
  if (!isFramed) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const stop = effect(() => tell({ type: "hookcast:renew" }));
    const settle = (token?: string) => {
      stop();
      clearTimeout(timer);
      tokens.removeEventListener("token", take);
      resolve(token);
    };
    const take = (event: Event) => settle((event as CustomEvent<string>).detail); // see above
    const timer = setTimeout(settle, patienceMs);
    tokens.addEventListener("token", take);
  });
}

function tellHeight(): void {
  const { height } = document.documentElement.getBoundingClientRect();
  tell({ type: "hookcast:height", height: Math.ceil(height) });
}

/** Nothing is said before it is known to whom. */
function tell(message: Told): void {
  if (host.value !== undefined) parent.postMessage(message, host.value);
}
