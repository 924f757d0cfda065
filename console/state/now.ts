import { signal } from "@preact/signals";

/** What the clock shows, for texts such as “2 min ago”; it moves on while somebody can see the page. */
export const now = signal(Date.now());

const stepMs = 5_000;

const tick = () => {
  if (!document.hidden) now.value = Date.now();
};
setInterval(tick, stepMs);
document.addEventListener("visibilitychange", tick);
