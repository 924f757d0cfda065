/** What an entry of the browser's history keeps: how far its page was scrolled. */
interface Entry {
  readonly scrollY?: number;
}

/** A page that grows while its content arrives gets so long to become as tall as it was. */
const patienceMs = 5_000;

/**
 * Keeps the scroll of each entry of the history, and restores it when the user comes back. The browser cannot:
 * when it tries, the content has not arrived yet.
 */
export function keepScroll(): void {
  history.scrollRestoration = "manual";
  let isRestoring = false;
  let isNew = false;

  addEventListener("scrollend", () => {
    if (isRestoring) return;
    history.replaceState({ ...history.state, scrollY: Math.round(scrollY) }, "");
  });
  addEventListener("popstate", () => {
    const { scrollY: wanted }: Entry = history.state ?? {};
    isNew = wanted === undefined;
    if (isNew) return scrollTo(0, 0);
    isRestoring = true;
    const observer = new ResizeObserver(() => attempt());
    const stop = () => {
      isRestoring = false;
      observer.disconnect();
      clearTimeout(timer);
      for (const name of ["wheel", "touchstart", "keydown"]) removeEventListener(name, stop);
    };
    const attempt = () => {
      scrollTo(0, wanted ?? 0);
      if (Math.abs(scrollY - (wanted ?? 0)) < 2) stop();
    };
    const timer = setTimeout(stop, patienceMs);
    for (const name of ["wheel", "touchstart", "keydown"]) addEventListener(name, stop);
    observer.observe(document.body);
  });
}
